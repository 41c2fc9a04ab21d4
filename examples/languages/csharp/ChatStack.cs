using System.Collections.Generic;
using System.Linq;
using Amazon.CDK;
using CdkChimeMessaging;
using Constructs;

namespace Chat
{
    /// <summary>A chat in which nobody reads certain words.</summary>
    public class ChatStack : Stack
    {
        public ChatStack(Construct scope, string id, IStackProps props = null) : base(scope, id, props)
        {
            // For an example: without it the chat and its channels, with every message in them, outlive the stack.
            var removalPolicy = RemovalPolicy.DESTROY;

            var chat = new TaggedAppInstance(this, "AppInstance", new TaggedAppInstanceProps
            {
                AppInstanceName = "support",
                Tags = new Dictionary<string, string> { ["team"] = "care", ["stage"] = "trial" },
                RemovalPolicy = removalPolicy,
            });
            var user = new AppInstanceUser(this, "Operator", new AppInstanceUserProps
            {
                AppInstance = chat,
                AppInstanceUserId = "operator",
            });
            var admin = new AppInstanceAdmin(this, "Admin", new AppInstanceAdminProps { AppInstance = chat, User = user });

            var lobby = new Channel(this, "Lobby", new ChannelProps
            {
                AppInstance = chat,
                ChannelName = "lobby",
                Bearer = admin,
                RemovalPolicy = removalPolicy,
            });
            var test = new Channel(this, "Test", new ChannelProps
            {
                AppInstance = chat,
                ChannelName = "test",
                Bearer = admin,
                RemovalPolicy = removalPolicy,
            });

            var filter = new WordFilter(this, "Filter", new WordFilterProps
            {
                Words = new[] { "fool", "go away", "傻瓜" },
                Patterns = new[] { @"\d{3}-\d{4}" },
                Action = WordFilterAction.MASK,
            });
            var moderation = new ChannelFlow(this, "Moderation", new ChannelFlowProps
            {
                AppInstance = chat,
                ChannelFlowName = "moderation",
                Processors = new[]
                {
                    ChannelFlowProcessor.FromFunction(filter, new ChannelFlowProcessorOptions
                    {
                        ProcessorName = "word-filter",
                        FallbackAction = FallbackAction.ABORT,
                    }),
                },
                Bearer = admin,
                Tags = new Dictionary<string, string> { ["purpose"] = "moderation" },
            });
            var asAdmin = new ChannelFlowAssociationOptions { Bearer = admin };
            moderation.Associate("LobbyAssociation", lobby, asAdmin);
            moderation.Associate("TestAssociation", test, asAdmin);

            // Messages that a deployment sends, through a channel that nobody reads. Unless each ends so, CloudFormation rolls back.
            var probes = new[]
            {
                Probe.Delivered("Where is my parcel?"),
                Probe.Replaced("Call 555-0100, you fool!", "Call ***, you ***!"),
                Probe.Replaced("Go away!", "***!").AsEditOf("Good morning!"),
            };
            var verification = new ChannelFlowVerification(this, "Verification", new ChannelFlowVerificationProps
            {
                ChannelFlow = moderation,
                Channel = test,
                Sender = admin,
                Probes = probes,
                Timeout = Duration.Minutes(1),
            });

            Output("AppInstanceArn", chat.AppInstanceArn);
            Output("LobbyArn", lobby.ChannelArn);
            Output("ModerationArn", moderation.ChannelFlowArn);
            Output("AdminArn", admin.BearerArn);
            Output("Probes", string.Join(", ", probes.Select(probe => verification.OutcomeOf(probe))));
        }

        private void Output(string id, string value)
        {
            new CfnOutput(this, id, new CfnOutputProps { Value = value });
        }
    }
}
