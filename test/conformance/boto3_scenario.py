"""Drives the emulator with boto3 through the life of a channel flow, and through its errors."""

import datetime

import boto3
from botocore.exceptions import ClientError

identity = boto3.client('chime-sdk-identity')
messaging = boto3.client('chime-sdk-messaging')


def expect_error(exception, status, call, **arguments):
    """The call must end in this exception of the model, or in this code where the operation does not model it."""
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response['Error']['Code'] == exception, error.response
        assert error.response['ResponseMetadata']['HTTPStatusCode'] == status, error.response
        assert error.response['Error']['Message'], error.response
        modelled = getattr(messaging.exceptions, exception, None)
        return modelled is not None and isinstance(error, modelled)
    raise AssertionError(f'no {exception}')


def processor(name):
    arn = f'arn:aws:lambda:us-east-1:000000000000:function:{name}'
    return {
        'Name': name,
        'ExecutionOrder': 1,
        'FallbackAction': 'ABORT',
        'Configuration': {'Lambda': {'ResourceArn': arn, 'InvocationType': 'ASYNC'}},
    }


app_instance = identity.create_app_instance(Name='support', ClientRequestToken='token', Tags=[{'Key': 'a', 'Value': 'b'}])['AppInstanceArn']
described = identity.describe_app_instance(AppInstanceArn=app_instance)['AppInstance']
assert isinstance(described['CreatedTimestamp'], datetime.datetime), described
assert identity.list_tags_for_resource(ResourceARN=app_instance)['Tags'] == [{'Key': 'a', 'Value': 'b'}]

admin = identity.create_app_instance_user(
    AppInstanceArn=app_instance, AppInstanceUserId='ad:min@example.com', Name='Ädmin', ClientRequestToken='token',
)['AppInstanceUserArn']
identity.create_app_instance_admin(AppInstanceArn=app_instance, AppInstanceAdminArn=admin)
assert identity.list_app_instance_admins(AppInstanceArn=app_instance)['AppInstanceAdmins'] == [{'Admin': {'Arn': admin, 'Name': 'Ädmin'}}]

flow = messaging.create_channel_flow(AppInstanceArn=app_instance, Name='moderation', Processors=[processor('f')])['ChannelFlowArn']
channel = messaging.create_channel(AppInstanceArn=app_instance, Name='lobby', ChimeBearer=admin)['ChannelArn']
messaging.associate_channel_flow(ChannelArn=channel, ChannelFlowArn=flow, ChimeBearer=admin)
assert messaging.describe_channel(ChannelArn=channel, ChimeBearer=admin)['Channel']['ChannelFlowArn'] == flow
listed = messaging.list_channels_associated_with_channel_flow(ChannelFlowArn=flow)['Channels']
assert [entry['ChannelArn'] for entry in listed] == [channel], listed

assert expect_error('ConflictException', 409, messaging.delete_channel_flow, ChannelFlowArn=flow)
messaging.update_channel_flow(ChannelFlowArn=flow, Name='new', Processors=[processor('g')])
described = messaging.describe_channel_flow(ChannelFlowArn=flow)['ChannelFlow']
assert (described['Name'], described['Processors']) == ('new', [processor('g')]), described
messaging.tag_resource(ResourceARN=flow, Tags=[{'Key': 'k', 'Value': 'ü'}])
messaging.untag_resource(ResourceARN=flow, TagKeys=['k'])

messaging.disassociate_channel_flow(ChannelArn=channel, ChannelFlowArn=flow, ChimeBearer=admin)
messaging.delete_channel_flow(ChannelFlowArn=flow)

assert expect_error('NotFoundException', 404, messaging.associate_channel_flow, ChannelArn=channel, ChannelFlowArn=flow, ChimeBearer=admin)
assert expect_error('ForbiddenException', 403, messaging.describe_channel, ChannelArn=channel, ChimeBearer=f'{app_instance}/user/gone')
assert expect_error('BadRequestException', 400, messaging.list_channel_flows, AppInstanceArn=app_instance, NextToken='nonsense')

for number in range(12):
    messaging.create_channel_flow(AppInstanceArn=app_instance, Name=f'flow {number}', Processors=[processor('f')])
names, token = [], {}
while True:
    page = messaging.list_channel_flows(AppInstanceArn=app_instance, MaxResults=5, **token)
    names += [entry['Name'] for entry in page['ChannelFlows']]
    if 'NextToken' not in page:
        break
    token = {'NextToken': page['NextToken']}
assert names == [f'flow {number}' for number in range(12)], names

identity.delete_app_instance(AppInstanceArn=app_instance)
assert identity.list_app_instances()['AppInstances'] == []
print('done')
