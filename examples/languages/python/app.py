import aws_cdk as cdk

from chat_stack import ChatStack

app = cdk.App()
ChatStack(app, "Chat", env=cdk.Environment(region="us-east-1"))
app.synth()
