using System;
using Amazon.CDK;
using CdkChimeMessaging;

namespace Chat
{
    public static class Imports
    {
        public static void Main()
        {
            const string Instance = "arn:aws:chime:us-east-1:123456789012:app-instance/chat";
            var app = new App();
            var stack = new Stack(app, "Imports");
            IAppInstance chat = TaggedAppInstance.FromAppInstanceArn(stack, "Chat", Instance);
            IAppInstanceUser user = AppInstanceUser.FromAppInstanceUserArn(stack, "User", Instance + "/user/operator");
            IChannel channel = Channel.FromChannelArn(stack, "Channel", Instance + "/channel/lobby");
            IChannelFlow flow = ChannelFlow.FromChannelFlowArn(stack, "Flow", Instance + "/channel-flow/moderation");
            IBearer bearer = Bearer.FromArn(Instance + "/user/operator");
            Console.WriteLine(string.Join(" ", chat.AppInstanceArn, user.AppInstanceUserArn, channel.ChannelArn, flow.ChannelFlowArn, bearer.BearerArn));
            app.Synth();
        }
    }
}
