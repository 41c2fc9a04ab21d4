import { join } from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { ChatClient, type SentMessage } from './chat-client';
import { ExampleCopy, type Edit } from './example-copy';
import { messageTable } from './message-table';
import type { Narrator } from './narrator';
import { describe, pictureOf, type ServicePicture } from './service-picture';
import { CdkCommandFailed } from '../deployment/cdk-cli';
import { deploymentError } from '../deployment/deployment-error';
import { LOCAL_ACCOUNT, localClientConfig } from '../deployment/environment';
import { startLocalDeployment, type LocalDeployment } from '../deployment/local-deployment';
import { ensurePythonEnvironment } from '../deployment/python-environment';
import { startEmulator, type Emulator, type RecordedCall, type StateView } from '../emulator';
import { isAllowed, requestsFor, type PolicyDocument } from '../iam/authorization';
import { deployedRoles } from '../iam/deployed-roles';

/** The example's stack. */
const STACK = 'SupportChat';

/** The stage of the demo: the service, the account, the app, and what one does with them. */
export class Demo {
  public static async start(narrator: Narrator, runDirectory: string): Promise<Demo> {
    narrator.step('Set up');
    const { created } = await narrator.timed('Python environment', ensurePythonEnvironment);
    narrator.say(...created ? ['(made now, kept in .venv for the next time)'] : []);
    const example = new ExampleCopy(join(runDirectory, 'app'));
    const emulator = await startEmulator({ accountId: LOCAL_ACCOUNT });
    try {
      const deployment = await narrator.timed('AWS started, cdk bootstrap', () => startLocalDeployment({
        chimeEndpoint: emulator.url,
        runDirectory,
      }));
      // Functions call Amazon Chime, which calls functions, and puts events on the bus.
      emulator.connect({ lambdaEndpoint: deployment.awsEndpoint, eventsEndpoint: deployment.awsEndpoint });
      narrator.say(`Amazon Chime is at ${emulator.url}, the rest of AWS at ${deployment.awsEndpoint}`);
      return new Demo(narrator, emulator, deployment, example);
    } catch (error) {
      await emulator.close();
      throw error;
    }
  }

  /** Outputs of the stack as last deployed. */
  private outputs: Record<string, string> = {};
  private callsBefore = 0;
  /** What each role was allowed when it was last seen; some are gone by now. */
  private readonly roles = new Map<string, PolicyDocument>();

  private constructor(
    public readonly narrator: Narrator,
    private readonly emulator: Emulator,
    private readonly deployment: LocalDeployment,
    private readonly example: ExampleCopy,
  ) {}

  /** Saves what a failure leaves behind, and answers what AWS had to complain about. */
  public async examine(): Promise<string[]> {
    await this.deployment.saveFunctionLogs();
    return this.deployment.complaints();
  }

  public async stop(): Promise<void> {
    await this.deployment.stop();
    await this.emulator.close();
  }

  /** Edits the stack as its owner would, and shows the change. */
  public edit(...edits: Edit[]): void {
    this.narrator.say(...this.example.edit(...edits).map(line => `  ${line}`));
  }

  public async deploy(): Promise<void> {
    this.forgetCalls();
    const outputs = await this.narrator.timed('cdk deploy', () => this.deployment.cdk.deploy(this.example.app));
    this.outputs = outputs[STACK];
    await this.noteRoles();
  }

  /** Deploys what must fail; shows and answers what cdk says. */
  public async deployInVain(): Promise<string> {
    this.forgetCalls();
    const failure = await this.narrator.timed(
      'cdk deploy', () => this.deployment.cdk.deploy(this.example.app).then(() => undefined, error => error),
    );
    if (!(failure instanceof CdkCommandFailed)) throw failure ?? new Error('this deployment had to fail, and did not');
    const lines = deploymentError(failure.output);
    this.narrator.say('cdk says', ...lines.map(line => `  ${line}`));
    return lines.map(line => line.trim()).join(' ');
  }

  public stackStatus(): Promise<string> {
    return this.deployment.stackStatus(STACK);
  }

  /** An output of the stack as last deployed. */
  public output(name: string): string {
    return this.outputs[name];
  }

  public async destroy(): Promise<void> {
    this.forgetCalls();
    await this.deployment.saveFunctionLogs();
    await this.narrator.timed('cdk destroy', () => this.deployment.cdk.destroy(this.example.app));
  }

  /** Makes a channel and gives it the flow, as anybody with the SDK may do. */
  public async makeModeratedChannelByHand(name: string): Promise<void> {
    const { ChatArn, ModerationArn } = this.outputs;
    await this.operator().makeChannel(ChatArn, name, ModerationArn);
  }

  /** Sends messages to the lobby, and shows and answers what happens to them. */
  public async sendToLobby(...contents: string[]): Promise<SentMessage[]> {
    const operator = this.operator();
    const messages: SentMessage[] = [];
    for (const content of contents) {
      messages.push(await operator.send(this.outputs.LobbyArn, content));
    }
    this.narrator.say(...messageTable(messages).map(line => `  ${line}`));
    return messages;
  }

  /** What users who are connected were told of a message, as `type → user`. */
  public toldOf(messageId: string): string[] {
    return this.emulator.events().flatMap(event => event.kind === 'session' && event.messageId === messageId
      ? event.recipients.map(recipient => `${event.type} → ${recipient.split('/').at(-1)}`)
      : []);
  }

  /** All that the service holds, by kind. */
  public serviceState(): StateView {
    return this.emulator.state();
  }

  /** Shows what the service holds, and checks that it is exactly what it should be. */
  public checkService(expected: ServicePicture): void {
    const picture = pictureOf(this.emulator.state());
    this.narrator.say('the service now holds', ...describe(picture).map(line => `  ${line}`));
    this.narrator.check('this is exactly what it should hold', picture, expected);
  }

  /** The ARN of what the service holds under that name. */
  public arnOf(kind: 'channels' | 'channelFlows', name: string): string {
    const { channels, channelFlows } = this.emulator.state();
    const arns = kind === 'channels'
      ? channels.filter(({ Name }) => Name === name).map(({ ChannelArn }) => ChannelArn)
      : channelFlows.filter(({ Name }) => Name === name).map(({ ChannelFlowArn }) => ChannelFlowArn);
    if (arns.length === 0) throw new Error(`the service has nothing named ${name} among its ${kind}`);
    return arns[0];
  }

  /** Calls since the last deployment began; those that name the ARN, if one is given. */
  public calls(arn?: string): RecordedCall[] {
    return this.emulator.calls().slice(this.callsBefore)
      .filter(({ input }) => arn === undefined || Object.values(input).includes(arn));
  }

  /** The roles that may call the service, and have not. */
  public idleRoles(): string[] {
    const callers = new Set(this.emulator.calls().map(({ role }) => role));
    return [...this.roles.keys()].filter(role => !callers.has(role));
  }

  /** What IAM refuses of all that the stack's functions called, with the policies that their roles have. */
  public async refusedCalls(): Promise<string[]> {
    const refused = new Set<string>();
    for (const { role, ...call } of this.emulator.calls()) {
      if (role === undefined) continue;
      const policy = this.roles.get(role) ?? { Version: '2012-10-17', Statement: [] };
      for (const request of await requestsFor(call, LOCAL_ACCOUNT)) {
        if (!await isAllowed(policy, request, LOCAL_ACCOUNT)) {
          refused.add(`${role}: ${request.action} on ${request.resource}`);
        }
      }
    }
    return [...refused];
  }

  private async noteRoles(): Promise<void> {
    for (const [role, policy] of await deployedRoles(new IAMClient(localClientConfig(this.deployment.awsEndpoint)))) {
      if (policy.Statement.some(({ Action }) => [Action].flat().some(action => action.startsWith('chime:')))) {
        this.roles.set(role, policy);
      }
    }
  }

  private operator(): ChatClient {
    return new ChatClient(this.emulator.url, this.outputs.AdminArn);
  }

  private forgetCalls(): void {
    this.callsBefore = this.emulator.calls().length;
  }
}
