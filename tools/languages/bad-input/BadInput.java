package com.example.chat;

import io.github.cdkchimemessaging.Bearer;
import io.github.cdkchimemessaging.ChannelFlow;
import io.github.cdkchimemessaging.ChannelFlowProcessor;
import io.github.cdkchimemessaging.TaggedAppInstance;
import io.github.cdkchimemessaging.WordFilter;
import java.util.Collections;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

public final class BadInput {
  private static final String CHAT_ARN = "arn:aws:chime:us-east-1:123456789012:app-instance/4a6f";

  public static void main(final String[] args) {
    final App app = new App();
    final Stack stack = new Stack(app, "Bad", StackProps.builder()
        .env(Environment.builder().account("123456789012").region("us-east-1").build())
        .build());
    final ChannelFlowProcessor processor = ChannelFlowProcessor.fromFunction(
        WordFilter.Builder.create(stack, "Filter").words(List.of("fool")).build());
    ChannelFlow.Builder.create(stack, "Flow")
        .appInstance(TaggedAppInstance.fromAppInstanceArn(stack, "Chat", CHAT_ARN))
        .channelFlowName("x".repeat(257))
        .processors(Collections.nCopies(4, processor))
        .bearer(Bearer.fromArn(CHAT_ARN + "/user/operator"))
        .build();
    app.synth();
  }

  private BadInput() {}
}
