using Amazon.CDK;

namespace Chat
{
    public static class Program
    {
        public static void Main()
        {
            var app = new App();
            new ChatStack(app, "Chat", new StackProps { Env = new Environment { Region = "us-east-1" } });
            app.Synth();
        }
    }
}
