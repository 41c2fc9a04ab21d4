import aws_cdk as cdk
from cdk_chime_messaging import Bearer, ChannelFlow, ChannelFlowProcessor, TaggedAppInstance, WordFilter

CHAT_ARN = "arn:aws:chime:us-east-1:123456789012:app-instance/4a6f"

app = cdk.App()
stack = cdk.Stack(app, "Bad", env=cdk.Environment(account="123456789012", region="us-east-1"))
processor = ChannelFlowProcessor.from_function(WordFilter(stack, "Filter", words=["fool"]))
ChannelFlow(
    stack,
    "Flow",
    app_instance=TaggedAppInstance.from_app_instance_arn(stack, "Chat", CHAT_ARN),
    channel_flow_name="x" * 257,
    processors=[processor] * 4,
    bearer=Bearer.from_arn(f"{CHAT_ARN}/user/operator"),
)
app.synth()
