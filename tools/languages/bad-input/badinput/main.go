package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	chime "github.com/cdk-chime-messaging/cdk-chime-messaging-go/cdkchimemessaging"
)

const chatArn = "arn:aws:chime:us-east-1:123456789012:app-instance/4a6f"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Bad"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("123456789012"), Region: jsii.String("us-east-1")},
	})
	filter := chime.NewWordFilter(stack, jsii.String("Filter"), &chime.WordFilterProps{Words: jsii.Strings("fool")})
	processor := chime.ChannelFlowProcessor_FromFunction(filter, nil)
	chime.NewChannelFlow(stack, jsii.String("Flow"), &chime.ChannelFlowProps{
		AppInstance:     chime.TaggedAppInstance_FromAppInstanceArn(stack, jsii.String("Chat"), jsii.String(chatArn)),
		ChannelFlowName: jsii.String(strings.Repeat("x", 257)),
		Processors:      &[]chime.ChannelFlowProcessor{processor, processor, processor, processor},
		Bearer:          chime.Bearer_FromArn(jsii.String(chatArn + "/user/operator")),
	})
	app.Synth(nil)
}
