import { App } from 'aws-cdk-lib';
import { SupportChatStack } from './lib/support-chat-stack';

const app = new App();

// Amazon Chime SDK messaging is there in us-east-1 and eu-central-1.
new SupportChatStack(app, 'SupportChat', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'us-east-1' } });
