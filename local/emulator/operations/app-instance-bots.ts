import type { Configuration } from '@aws-sdk/client-chime-sdk-identity';
import { newArnIn } from '../store/arns';
import { findAppInstance, findBot } from './access/lookup';
import { page, Page } from './access/pagination';
import { demote } from './app-instance-admins';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { AppInstance, Bot } from '../store/state';

const CreateAppInstanceBot: Operation<'CreateAppInstanceBot', AppInstance> = {
  check: call => findAppInstance(call, call.input.AppInstanceArn!),
  act(call, appInstance) {
    const arn = newArnIn(appInstance.arn, 'bot');
    const { Name, Metadata, Configuration: configuration } = call.input;
    call.state.bots.set(arn, {
      arn,
      appInstanceArn: appInstance.arn,
      name: Name,
      metadata: Metadata,
      configuration: configuration!,
      created: call.now,
      updated: call.now,
    });
    tagCreated(call, arn);
    return { AppInstanceBotArn: arn };
  },
};

const DescribeAppInstanceBot: Operation<'DescribeAppInstanceBot', Bot> = {
  check: call => findBot(call, call.input.AppInstanceBotArn!),
  act: (_, bot) => ({
    AppInstanceBot: {
      AppInstanceBotArn: bot.arn,
      Name: bot.name,
      Metadata: bot.metadata,
      Configuration: bot.configuration as Configuration,
      CreatedTimestamp: new Date(bot.created),
      LastUpdatedTimestamp: new Date(bot.updated),
    },
  }),
};

const DeleteAppInstanceBot: Operation<'DeleteAppInstanceBot', Bot> = {
  check: call => findBot(call, call.input.AppInstanceBotArn!),
  act(call, bot) {
    demote(call.state, bot);
    call.state.removeTree(bot.arn);
  },
};

const ListAppInstanceBots: Operation<'ListAppInstanceBots', Page<Bot>> = {
  check(call) {
    const { arn } = findAppInstance(call, call.input.AppInstanceArn!);
    return page(call, call.state.bots, arn, bot => bot.appInstanceArn === arn);
  },
  act: (call, { items, nextToken }) => ({
    AppInstanceArn: call.input.AppInstanceArn,
    AppInstanceBots: items.map(
      ({ arn, name, metadata }) => ({ AppInstanceBotArn: arn, Name: name, Metadata: metadata }),
    ),
    NextToken: nextToken,
  }),
};

export const appInstanceBotOperations: Operations = {
  CreateAppInstanceBot, DescribeAppInstanceBot, DeleteAppInstanceBot, ListAppInstanceBots,
};
