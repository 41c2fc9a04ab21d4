import { PrerequisiteError } from './prerequisite-error';
import { ensurePythonEnvironment } from './python-environment';

/** `npm run setup:local`: everything that the local deployment needs and npm does not bring. */
async function main(): Promise<void> {
  const { python, created } = await ensurePythonEnvironment();
  console.log(`${created ? 'made' : 'found'} the Python environment of ${python}`);
}

main().catch(error => {
  console.error(error instanceof PrerequisiteError ? error.message : error);
  process.exitCode = 1;
});
