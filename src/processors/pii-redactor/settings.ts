import { InvalidSettings } from '../invalid-settings';
import { ENVIRONMENT } from '../settings';

export interface PiiRedactorSettings {
  /** Which types to redact; all where it is not given. */
  readonly entityTypes?: ReadonlySet<string>;
  readonly languages: readonly string[];
  readonly minimumScore: number;
  /** What stands for each entity; its type where it is not given. */
  readonly mask?: string;
}

export function piiRedactorSettings(env: NodeJS.ProcessEnv): PiiRedactorSettings {
  const entityTypes = listFrom(env, ENVIRONMENT.ENTITY_TYPES);
  const languages = listFrom(env, ENVIRONMENT.LANGUAGES);
  if (languages === undefined) {
    throw new InvalidSettings(`the environment variable ${ENVIRONMENT.LANGUAGES} is missing: let the construct set it`);
  }
  return {
    entityTypes: entityTypes && new Set(entityTypes),
    languages,
    minimumScore: scoreFrom(env),
    mask: env[ENVIRONMENT.MASK],
  };
}

function scoreFrom(env: NodeJS.ProcessEnv): number {
  const text = env[ENVIRONMENT.MINIMUM_SCORE] ?? '0';
  const score = Number(text);
  if (text.trim() === '' || !(score >= 0 && score <= 1)) {
    throw new InvalidSettings(`the environment variable ${ENVIRONMENT.MINIMUM_SCORE} must be a number from 0 to 1, got `
      + `${JSON.stringify(text)}: let the construct set it`);
  }
  return score;
}

function listFrom(env: NodeJS.ProcessEnv, name: string): string[] | undefined {
  const items = env[name]?.split(',').filter(item => item !== '');
  return items?.length ? items : undefined;
}
