import { findAppInstance, findBot } from './access/lookup';
import { Page, pageWithin } from './access/pagination';
import { demote } from './app-instance-admins';
import { Operation, Operations } from './operation';
import { tagCreated } from './tags';
import { newArnIn } from '../store/arns';
import { created } from '../store/record';
import { AppInstance, Bot } from '../store/state';

const CreateAppInstanceBot: Operation<'CreateAppInstanceBot', AppInstance> = {
  check: findAppInstance,
  act(call, { AppInstanceArn }) {
    const AppInstanceBotArn = newArnIn(AppInstanceArn, 'bot');
    const { Name, Metadata, Configuration } = call.input;
    call.state.bots.set(AppInstanceBotArn, {
      AppInstanceBotArn, Name, Metadata, Configuration: Configuration!, ...created(call),
    });
    tagCreated(call, AppInstanceBotArn);
    return { AppInstanceBotArn };
  },
};

const DescribeAppInstanceBot: Operation<'DescribeAppInstanceBot', Bot> = {
  check: findBot,
  act: (_, AppInstanceBot) => ({ AppInstanceBot }),
};

const DeleteAppInstanceBot: Operation<'DeleteAppInstanceBot', Bot> = {
  check: findBot,
  act(call, { AppInstanceBotArn }) {
    demote(call.state, AppInstanceBotArn);
    call.state.removeTree(AppInstanceBotArn);
  },
};

const ListAppInstanceBots: Operation<'ListAppInstanceBots', Page<Bot>> = {
  check: call => pageWithin(call, call.state.bots, findAppInstance(call).AppInstanceArn),
  act: ({ input: { AppInstanceArn } }, { items, NextToken }) => ({ AppInstanceArn, AppInstanceBots: items, NextToken }),
};

export const appInstanceBotOperations: Operations = {
  CreateAppInstanceBot, DescribeAppInstanceBot, DeleteAppInstanceBot, ListAppInstanceBots,
};
