/** The operations of identity, but for those of tags: they have the routes of messaging. */
export {
  CreateAppInstance$, CreateAppInstanceAdmin$, CreateAppInstanceBot$, CreateAppInstanceUser$, DeleteAppInstance$,
  DeleteAppInstanceAdmin$, DeleteAppInstanceBot$, DeleteAppInstanceUser$, DeregisterAppInstanceUserEndpoint$,
  DescribeAppInstance$, DescribeAppInstanceAdmin$, DescribeAppInstanceBot$, DescribeAppInstanceUser$,
  DescribeAppInstanceUserEndpoint$, GetAppInstanceRetentionSettings$, ListAppInstanceAdmins$, ListAppInstanceBots$,
  ListAppInstanceUserEndpoints$, ListAppInstanceUsers$, ListAppInstances$, PutAppInstanceRetentionSettings$,
  PutAppInstanceUserExpirationSettings$, RegisterAppInstanceUserEndpoint$, UpdateAppInstance$, UpdateAppInstanceBot$,
  UpdateAppInstanceUser$, UpdateAppInstanceUserEndpoint$,
} from '@aws-sdk/client-chime-sdk-identity';
