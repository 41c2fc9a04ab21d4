from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from cdk_chime_messaging import (
    AppInstanceAdmin,
    AppInstanceUser,
    Channel,
    ChannelFlow,
    ChannelFlowProcessor,
    ChannelFlowVerification,
    FallbackAction,
    Probe,
    TaggedAppInstance,
    WordFilter,
    WordFilterAction,
)
from constructs import Construct


class ChatStack(Stack):
    """A chat in which nobody reads certain words."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        # For an example: without it the chat and its channels, with every message in them, outlive the stack.
        removal_policy = RemovalPolicy.DESTROY

        chat = TaggedAppInstance(
            self,
            "AppInstance",
            app_instance_name="support",
            tags={"team": "care", "stage": "trial"},
            removal_policy=removal_policy,
        )
        operator = AppInstanceUser(self, "Operator", app_instance=chat, app_instance_user_id="operator")
        admin = AppInstanceAdmin(self, "Admin", app_instance=chat, user=operator)

        lobby = Channel(
            self, "Lobby", app_instance=chat, channel_name="lobby", bearer=admin, removal_policy=removal_policy
        )
        test = Channel(
            self, "Test", app_instance=chat, channel_name="test", bearer=admin, removal_policy=removal_policy
        )

        word_filter = WordFilter(
            self,
            "Filter",
            words=["fool", "go away", "傻瓜"],
            patterns=[r"\d{3}-\d{4}"],
            action=WordFilterAction.MASK,
        )
        moderation = ChannelFlow(
            self,
            "Moderation",
            app_instance=chat,
            channel_flow_name="moderation",
            processors=[
                ChannelFlowProcessor.from_function(
                    word_filter, processor_name="word-filter", fallback_action=FallbackAction.ABORT
                )
            ],
            bearer=admin,
            tags={"purpose": "moderation"},
        )
        moderation.associate("LobbyAssociation", lobby, bearer=admin)
        moderation.associate("TestAssociation", test, bearer=admin)

        # Messages that a deployment sends, through a channel that nobody reads. Unless each ends so, CloudFormation rolls back.
        probes = [
            Probe.delivered("Where is my parcel?"),
            Probe.replaced("Call 555-0100, you fool!", "Call ***, you ***!"),
            Probe.replaced("Go away!", "***!").as_edit_of("Good morning!"),
        ]
        verification = ChannelFlowVerification(
            self,
            "Verification",
            channel_flow=moderation,
            channel=test,
            sender=admin,
            probes=probes,
            timeout=Duration.minutes(1),
        )

        CfnOutput(self, "AppInstanceArn", value=chat.app_instance_arn)
        CfnOutput(self, "LobbyArn", value=lobby.channel_arn)
        CfnOutput(self, "ModerationArn", value=moderation.channel_flow_arn)
        CfnOutput(self, "AdminArn", value=admin.bearer_arn)
        CfnOutput(self, "Probes", value=", ".join(verification.outcome_of(probe) for probe in probes))
