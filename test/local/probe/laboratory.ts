import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Behaviour, DEFAULT_BEHAVIOUR, Emulator, startEmulator } from '../../../local/emulator';
import { LOCAL_CREDENTIALS } from '../../../local/probe/credentials';
import { FUNCTION_CODE } from '../../../local/probe/function-code';
import { OwnAppInstances } from '../../../local/probe/own-app-instances';
import { answersOf, probe, Result } from '../../../local/probe/probe';
import type { Answers } from '../../../local/probe/question';
import { connect, Service } from '../../../local/probe/service';
import { Patience } from '../../../local/probe/waiting';

export const ROOT = join(__dirname, '..', '..', '..');
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:probe';

export interface Report {
  readonly results: readonly Result[];
  readonly answers: Answers;
  /** What could not be removed, and why. */
  readonly problems: ReadonlyMap<string, string>;
}

/** An emulator that is probed under one behaviour after the other, by its real clock. */
export interface Laboratory {
  readonly emulator: Emulator;
  readonly service: Service;
  appInstances(patienceMs?: number): OwnAppInstances;
  /** Probes it under these switches, all others at their defaults. */
  probe(switches: Partial<Behaviour>, options?: { patienceMs?: number; functionArn?: string }): Promise<Report>;
  close(): Promise<void>;
}

export async function openLaboratory(): Promise<Laboratory> {
  // Below the project, so that the function finds the SDK.
  mkdirSync(join(ROOT, '.local'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.local', 'probe-function-'));
  writeFileSync(join(folder, 'index.mjs'), FUNCTION_CODE);
  const emulator = await startEmulator({ processors: { probe: join(folder, 'index.mjs') } });
  const service = connectTo(emulator);
  const appInstances = (patienceMs = 2_000) => new OwnAppInstances(service, service, new Patience(patienceMs));
  return {
    emulator,
    service,
    appInstances,
    probe: async (switches, { patienceMs = 2_000, functionArn } = {}) => {
      emulator.reset();
      emulator.setBehaviour({ ...DEFAULT_BEHAVIOUR, ...switches });
      const own = appInstances(patienceMs);
      const results: Result[] = [];
      for await (const result of probe({
        service, appInstances: own, patience: new Patience(patienceMs), functionArn,
      })) {
        results.push(result);
      }
      return { results, answers: answersOf(results), problems: await own.removeMade() };
    },
    close: async () => {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function connectTo({ url }: Emulator): Service {
  return connect({
    region: 'us-east-1', messagingEndpoint: url, identityEndpoint: url, credentials: LOCAL_CREDENTIALS,
  });
}
