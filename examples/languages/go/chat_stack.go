package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	chime "github.com/cdk-chime-messaging/cdk-chime-messaging-go/cdkchimemessaging"
)

// NewChatStack makes a chat in which nobody reads certain words.
func NewChatStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)

	// For an example: without it the chat and its channels, with every message in them, outlive the stack.
	removalPolicy := awscdk.RemovalPolicy_DESTROY

	chat := chime.NewTaggedAppInstance(stack, jsii.String("AppInstance"), &chime.TaggedAppInstanceProps{
		AppInstanceName: jsii.String("support"),
		Tags:            &map[string]*string{"team": jsii.String("care"), "stage": jsii.String("trial")},
		RemovalPolicy:   removalPolicy,
	})
	operator := chime.NewAppInstanceUser(stack, jsii.String("Operator"), &chime.AppInstanceUserProps{
		AppInstance:       chat,
		AppInstanceUserId: jsii.String("operator"),
	})
	admin := chime.NewAppInstanceAdmin(stack, jsii.String("Admin"), &chime.AppInstanceAdminProps{
		AppInstance: chat,
		User:        operator,
	})

	lobby := chime.NewChannel(stack, jsii.String("Lobby"), &chime.ChannelProps{
		AppInstance:   chat,
		ChannelName:   jsii.String("lobby"),
		Bearer:        admin,
		RemovalPolicy: removalPolicy,
	})
	test := chime.NewChannel(stack, jsii.String("Test"), &chime.ChannelProps{
		AppInstance:   chat,
		ChannelName:   jsii.String("test"),
		Bearer:        admin,
		RemovalPolicy: removalPolicy,
	})

	filter := chime.NewWordFilter(stack, jsii.String("Filter"), &chime.WordFilterProps{
		Words:    jsii.Strings("fool", "go away", "傻瓜"),
		Patterns: jsii.Strings(`\d{3}-\d{4}`),
		Action:   chime.WordFilterAction_MASK,
	})
	moderation := chime.NewChannelFlow(stack, jsii.String("Moderation"), &chime.ChannelFlowProps{
		AppInstance:     chat,
		ChannelFlowName: jsii.String("moderation"),
		Processors: &[]chime.ChannelFlowProcessor{
			chime.ChannelFlowProcessor_FromFunction(filter, &chime.ChannelFlowProcessorOptions{
				ProcessorName:  jsii.String("word-filter"),
				FallbackAction: chime.FallbackAction_ABORT,
			}),
		},
		Bearer: admin,
		Tags:   &map[string]*string{"purpose": jsii.String("moderation")},
	})
	asAdmin := &chime.ChannelFlowAssociationOptions{Bearer: admin}
	moderation.Associate(jsii.String("LobbyAssociation"), lobby, asAdmin)
	moderation.Associate(jsii.String("TestAssociation"), test, asAdmin)

	// Messages that a deployment sends, through a channel that nobody reads. Unless each ends so, CloudFormation rolls back.
	probes := []chime.Probe{
		chime.Probe_Delivered(jsii.String("Where is my parcel?")),
		chime.Probe_Replaced(jsii.String("Call 555-0100, you fool!"), jsii.String("Call ***, you ***!")),
		chime.Probe_Replaced(jsii.String("Go away!"), jsii.String("***!")).AsEditOf(jsii.String("Good morning!")),
	}
	verification := chime.NewChannelFlowVerification(stack, jsii.String("Verification"), &chime.ChannelFlowVerificationProps{
		ChannelFlow: moderation,
		Channel:     test,
		Sender:      admin,
		Probes:      &probes,
		Timeout:     awscdk.Duration_Minutes(jsii.Number(1)),
	})
	var outcomes []string
	for _, probe := range probes {
		outcomes = append(outcomes, *verification.OutcomeOf(probe))
	}

	output := func(id string, value *string) {
		awscdk.NewCfnOutput(stack, &id, &awscdk.CfnOutputProps{Value: value})
	}
	output("AppInstanceArn", chat.AppInstanceArn())
	output("LobbyArn", lobby.ChannelArn())
	output("ModerationArn", moderation.ChannelFlowArn())
	output("AdminArn", admin.BearerArn())
	output("Probes", jsii.String(strings.Join(outcomes, ", ")))

	return stack
}
