import { chmodSync, readdirSync, statSync } from 'fs';
import * as path from 'path';
import { AssetStaging } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';

/**
 * Code that the function can read, whatever the umask is. Lambda runs it as another user than the one who owns the
 * files, and takes their modes from the asset: under a umask of 027 or 077 they would be closed to it, those of the
 * installed package too.
 */
export class ReadableCode extends lambda.AssetCode {
  public bind(scope: Construct): lambda.CodeConfig {
    const config = super.bind(scope);
    // What the app reads where it is belongs to the package.
    if (!scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) {
      const staged = scope.node.findAll().filter(construct => construct instanceof AssetStaging) as AssetStaging[];
      staged.forEach(({ absoluteStagedPath }) => makeReadable(absoluteStagedPath));
    }
    return config;
  }
}

/** Gives everybody the right to read the folder and all in it. */
export function makeReadable(folder: string): void {
  setMode(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      makeReadable(at);
    } else if (entry.isFile()) {
      setMode(at, 0o644);
    }
  }
}

function setMode(at: string, mode: number): void {
  // A folder that an earlier synthesis left may belong to somebody else.
  if (statSync(at).mode % 0o1000 !== mode) chmodSync(at, mode);
}
