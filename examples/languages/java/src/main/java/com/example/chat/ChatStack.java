package com.example.chat;

import io.github.cdkchimemessaging.AppInstanceAdmin;
import io.github.cdkchimemessaging.AppInstanceUser;
import io.github.cdkchimemessaging.Channel;
import io.github.cdkchimemessaging.ChannelFlow;
import io.github.cdkchimemessaging.ChannelFlowAssociationOptions;
import io.github.cdkchimemessaging.ChannelFlowProcessor;
import io.github.cdkchimemessaging.ChannelFlowProcessorOptions;
import io.github.cdkchimemessaging.ChannelFlowVerification;
import io.github.cdkchimemessaging.FallbackAction;
import io.github.cdkchimemessaging.Probe;
import io.github.cdkchimemessaging.TaggedAppInstance;
import io.github.cdkchimemessaging.WordFilter;
import io.github.cdkchimemessaging.WordFilterAction;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** A chat in which nobody reads certain words. */
public class ChatStack extends Stack {
  public ChatStack(final Construct scope, final String id, final StackProps props) {
    super(scope, id, props);

    // For an example: without it the chat and its channels, with every message in them, outlive the stack.
    final RemovalPolicy removalPolicy = RemovalPolicy.DESTROY;

    final TaggedAppInstance chat = TaggedAppInstance.Builder.create(this, "AppInstance")
        .appInstanceName("support")
        .tags(Map.of("team", "care", "stage", "trial"))
        .removalPolicy(removalPolicy)
        .build();
    final AppInstanceUser operator = AppInstanceUser.Builder.create(this, "Operator")
        .appInstance(chat)
        .appInstanceUserId("operator")
        .build();
    final AppInstanceAdmin admin = AppInstanceAdmin.Builder.create(this, "Admin")
        .appInstance(chat)
        .user(operator)
        .build();

    final Channel lobby = Channel.Builder.create(this, "Lobby")
        .appInstance(chat)
        .channelName("lobby")
        .bearer(admin)
        .removalPolicy(removalPolicy)
        .build();
    final Channel test = Channel.Builder.create(this, "Test")
        .appInstance(chat)
        .channelName("test")
        .bearer(admin)
        .removalPolicy(removalPolicy)
        .build();

    final WordFilter filter = WordFilter.Builder.create(this, "Filter")
        .words(List.of("fool", "go away", "傻瓜"))
        .patterns(List.of("\\d{3}-\\d{4}"))
        .action(WordFilterAction.MASK)
        .build();
    final ChannelFlow moderation = ChannelFlow.Builder.create(this, "Moderation")
        .appInstance(chat)
        .channelFlowName("moderation")
        .processors(List.of(ChannelFlowProcessor.fromFunction(filter, ChannelFlowProcessorOptions.builder()
            .processorName("word-filter")
            .fallbackAction(FallbackAction.ABORT)
            .build())))
        .bearer(admin)
        .tags(Map.of("purpose", "moderation"))
        .build();
    final ChannelFlowAssociationOptions asAdmin = ChannelFlowAssociationOptions.builder().bearer(admin).build();
    moderation.associate("LobbyAssociation", lobby, asAdmin);
    moderation.associate("TestAssociation", test, asAdmin);

    // Messages that a deployment sends, through a channel that nobody reads. Unless each ends so, CloudFormation rolls back.
    final List<Probe> probes = List.of(
        Probe.delivered("Where is my parcel?"),
        Probe.replaced("Call 555-0100, you fool!", "Call ***, you ***!"),
        Probe.replaced("Go away!", "***!").asEditOf("Good morning!"));
    final ChannelFlowVerification verification = ChannelFlowVerification.Builder.create(this, "Verification")
        .channelFlow(moderation)
        .channel(test)
        .sender(admin)
        .probes(probes)
        .timeout(Duration.minutes(1))
        .build();

    output("AppInstanceArn", chat.getAppInstanceArn());
    output("LobbyArn", lobby.getChannelArn());
    output("ModerationArn", moderation.getChannelFlowArn());
    output("AdminArn", admin.getBearerArn());
    output("Probes", probes.stream().map(verification::outcomeOf).collect(Collectors.joining(", ")));
  }

  private void output(final String id, final String value) {
    CfnOutput.Builder.create(this, id).value(value).build();
  }
}
