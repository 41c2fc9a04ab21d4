import { join } from 'node:path';

/** The project's root directory. */
export const PROJECT_ROOT = join(__dirname, '..', '..');

/** Everything that the local deployment writes, beside the Python environment; ignored by git. */
export const LOCAL_DIRECTORY = join(PROJECT_ROOT, '.local');
