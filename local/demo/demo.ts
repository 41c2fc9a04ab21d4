import { join } from 'node:path';
import { ChatClient } from './chat-client';
import { ExampleCopy, type Edit } from './example-copy';
import type { Narrator } from './narrator';
import { describe, pictureOf, type ServicePicture } from './service-picture';
import { LOCAL_ACCOUNT } from '../deployment/environment';
import { findFreePort } from '../deployment/free-port';
import { startLocalDeployment, type LocalDeployment } from '../deployment/local-deployment';
import { ensurePythonEnvironment } from '../deployment/python-environment';
import { startEmulator, type Emulator, type RecordedCall } from '../emulator';

/** The stage of the demo: the service, the account, the app, and what one does with them. */
export class Demo {
  public static async start(narrator: Narrator, runDirectory: string): Promise<Demo> {
    narrator.step('Set up');
    const { created } = await narrator.timed('Python environment', ensurePythonEnvironment);
    narrator.say(...created ? ['(made now, kept in .venv for the next time)'] : []);
    // Each must know where the other is: functions call Amazon Chime, which calls functions.
    const chimePort = await findFreePort();
    const deployment = await narrator.timed('AWS started, cdk bootstrap', () => startLocalDeployment({
      chimeEndpoint: `http://127.0.0.1:${chimePort}`,
      runDirectory,
    }));
    try {
      const emulator = await startEmulator({ port: chimePort, accountId: LOCAL_ACCOUNT, lambdaEndpoint: deployment.awsEndpoint });
      narrator.say(`Amazon Chime is at ${emulator.url}, the rest of AWS at ${deployment.awsEndpoint}`);
      return new Demo(narrator, emulator, deployment, new ExampleCopy(join(runDirectory, 'app')));
    } catch (error) {
      await deployment.stop();
      throw error;
    }
  }

  /** Outputs of the stack as last deployed. */
  private outputs: Record<string, string> = {};
  private callsBefore = 0;

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
    this.narrator.say(...this.example.edit(...edits).map((line) => `  ${line}`));
  }

  public async deploy(): Promise<void> {
    this.forgetCalls();
    const outputs = await this.narrator.timed('cdk deploy', () => this.deployment.cdk.deploy(this.example.app));
    this.outputs = Object.values(outputs)[0];
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

  /** Sends messages to the lobby, and answers what its members get to read. */
  public async sendToLobby(...contents: string[]): Promise<string[]> {
    const operator = this.operator();
    for (const content of contents) {
      await operator.send(this.outputs.LobbyArn, content);
    }
    return operator.readProcessed(this.outputs.LobbyArn);
  }

  /** Shows what the service holds, and checks that it is exactly what it should be. */
  public checkService(expected: ServicePicture): void {
    const picture = pictureOf(this.emulator.state());
    this.narrator.say('the service now holds', ...describe(picture).map((line) => `  ${line}`));
    this.narrator.check('this is exactly what it should hold', picture, expected);
  }

  /** The ARN of what the service holds under that name. */
  public arnOf(kind: 'channels' | 'channelFlows', name: string): string {
    const found = this.emulator.state()[kind].find((thing) => thing.name === name);
    if (!found) {
      throw new Error(`the service has nothing named ${name} among its ${kind}`);
    }
    return found.arn;
  }

  /** Calls since the last deployment began; those that name the ARN, if one is given. */
  public calls(arn?: string): RecordedCall[] {
    return this.emulator.calls().slice(this.callsBefore)
      .filter(({ input }) => arn === undefined || Object.values(input).includes(arn));
  }

  private operator(): ChatClient {
    return new ChatClient(this.emulator.url, this.outputs.AdminArn);
  }

  private forgetCalls(): void {
    this.callsBefore = this.emulator.calls().length;
  }
}
