package com.example.chat;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

public final class ChatApp {
  public static void main(final String[] args) {
    final App app = new App();
    new ChatStack(app, "Chat", StackProps.builder()
        .env(Environment.builder().region("us-east-1").build())
        .build());
    app.synth();
  }

  private ChatApp() {}
}
