import { join } from 'node:path';
import { CdkCommandFailed, type CdkApp } from '../../local/deployment/cdk-cli';
import { deploymentError } from '../../local/deployment/deployment-error';
import { startLocalDeployment, type LocalDeployment } from '../../local/deployment/local-deployment';
import { BENCH, type Contestant } from '../contestants';
import { inRounds, progress, type Figure } from '../figures';
import { startService, type Service } from '../service';

const ROUNDS = 2;
const CHANNELS = 20;

/** The engine knows no AWS::Chime resources. */
const DEPLOYABLE: readonly Contestant[] = ['ours', 'chime-resources', 'aws-custom-resource', 'provider-framework'];

const STEPS = ['deploy', 'deploy of no change', 'update of the names', 'destroy'] as const;

/** Wall time of the real `cdk` command, and the calls of the service, from the first deployment to the end. */
export async function measureDeployment(runDirectory: string): Promise<Figure[]> {
  progress('deployment: cdk bootstrap');
  const service = await startService(CHANNELS);
  try {
    const deployment = await startLocalDeployment({ chimeEndpoint: service.emulator.url, runDirectory });
    try {
      return [
        ...await measureWork('A', ROUNDS, service, deployment), ...await measureWork('C', 1, service, deployment),
      ];
    } finally {
      await deployment.stop();
    }
  } finally {
    await service.close();
  }
}

function measureWork(
  work: 'A' | 'C', rounds: number, service: Service, deployment: LocalDeployment,
): Promise<Figure[]> {
  const units = Object.fromEntries(STEPS.flatMap(step => [[`${work}: ${step}`, 's'], [`${work}: ${step}, calls`, '']]));
  return inRounds({ part: 'deployment', rounds, contestants: DEPLOYABLE, units }, async contestant => {
    const app = (name: string): CdkApp => ({
      directory: BENCH,
      command: `"${process.execPath}" ${join('apps', 'app.js')}`,
      context: { contestant, work, name, appInstanceArn: service.appInstanceArn },
    });
    const flows = work === 'A' ? 1 : CHANNELS;
    const sample: Record<string, number> = {};
    const step = async (name: typeof STEPS[number], command: () => Promise<unknown>, expected: readonly string[]) => {
      const [started, calls] = [performance.now(), service.emulator.calls().length];
      await command();
      sample[`${work}: ${name}`] = (performance.now() - started) / 1000;
      sample[`${work}: ${name}, calls`] = service.emulator.calls().length - calls;
      const held = service.emulator.state().channelFlows.map(flow => flow.Name);
      if (held.length !== expected.length || !held.every(flow => expected.includes(flow!))) {
        throw new Error(`${name} succeeds, but the service then holds the flows ${held.join(', ') || 'none'} instead `
          + `of ${expected.join(', ') || 'none'}`);
      }
    };
    const names = (name: string) =>
      work === 'A' ? [name] : Array.from({ length: flows }, (_, index) => `${name} ${index}`);
    try {
      await step('deploy', () => deployment.cdk.deploy(app('moderation')), names('moderation'));
      await step('deploy of no change', () => deployment.cdk.deploy(app('moderation')), names('moderation'));
      await step('update of the names', () => deployment.cdk.deploy(app('renamed')), names('renamed'));
      await step('destroy', () => deployment.cdk.destroy(app('renamed')), []);
      return sample;
    } catch (error) {
      await deployment.cdk.destroy(app('renamed')).catch(() => undefined);
      throw error instanceof CdkCommandFailed
        ? new Error(deploymentError(error.output).join(' ') || error.message, { cause: error })
        : error;
    }
  });
}
