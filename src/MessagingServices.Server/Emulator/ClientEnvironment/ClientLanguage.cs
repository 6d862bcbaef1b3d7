namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>The languages and programs whose applications need variables of their own.</summary>
internal enum ClientLanguage
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Node.js.</summary>
    Node,

    /// <summary>Python.</summary>
    Python,

    /// <summary>.NET. Its name is <c>csharp</c>.</summary>
    Csharp,

    /// <summary>Java.</summary>
    Java,

    /// <summary>Go.</summary>
    Go,

    /// <summary>PHP.</summary>
    Php,

    /// <summary>Ruby.</summary>
    Ruby,

    /// <summary>twilio-cli.</summary>
    Cli,

    /// <summary>curl.</summary>
    Curl,
}
