import { Component, awscdk } from 'projen';
export class Bundling extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) { super(project); }
}
