/** The works, the same for every contestant: all they know of it is what makes a flow, an app instance and an association. */

const { join } = require('node:path');

const MANY = 20;
const processors = ['moderate', 'translate'].map(name => ({ name, functionArn: `arn:aws:lambda:us-east-1:111122223333:function:${name}` }));
const tags = { team: 'care', stage: 'trial' };
const bearerArn = appInstanceArn => `${appInstanceArn}/user/admin`;
const channelArn = (appInstanceArn, index) => `${appInstanceArn}/channel/channel-${index}`;

module.exports = {
  /** One flow with two processors' worth of properties. */
  A(stack, contestant, { name, appInstanceArn }) {
    contestant.flow(stack, 'Flow', { name, appInstanceArn, processors });
  },

  /** An app instance, a flow, an association, and tags on all that has some. */
  B(stack, contestant, { name, appInstanceArn: existing }) {
    const appInstanceArn = contestant.appInstance(stack, 'Chat', { name, tags });
    const flow = contestant.flow(stack, 'Flow', { name, appInstanceArn, processors, tags });
    contestant.associate(stack, 'Association', { flow, channelArn: channelArn(existing, 0), bearerArn: bearerArn(existing) });
  },

  /** Twenty flows and twenty associations. */
  C(stack, contestant, { name, appInstanceArn }) {
    for (let index = 0; index < MANY; index++) {
      const flow = contestant.flow(stack, `Flow${index}`, { name: `${name} ${index}`, appInstanceArn, processors });
      contestant.associate(stack, `Association${index}`, {
        flow, channelArn: channelArn(appInstanceArn, index), bearerArn: bearerArn(appInstanceArn),
      });
    }
  },

  /** Flows, of which every contestant can do many, in a stack that has a function too, as every stack with a processor does. */
  flows(stack, contestant, { name, appInstanceArn }) {
    // Here, so that the other works don't load it.
    const { Code, Function: LambdaFunction, Runtime } = require('aws-cdk-lib/aws-lambda');
    new LambdaFunction(stack, 'Processor', {
      runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(join(__dirname, 'hand-written')),
    });
    for (let index = 0; index < MANY; index++) {
      contestant.flow(stack, `Flow${index}`, { name: `${name} ${index}`, appInstanceArn, processors });
    }
  },
};
