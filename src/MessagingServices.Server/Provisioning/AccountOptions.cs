using System.ComponentModel.DataAnnotations;

namespace MessagingServices.Server.Provisioning;

/// <summary>The first account.</summary>
[Section("Account", "The first account.")]
internal sealed class AccountOptions : IValidatableObject
{
    /// <summary>The SID unless <c>Account:Sid</c> names another.</summary>
    public const string DefaultSid = "AC00000000000000000000000000000001";

    /// <summary>The token unless <c>Account:AuthToken</c> names another. Everybody can know it.</summary>
    public const string DefaultAuthToken = "0123456789abcdef0123456789abcdef";

    /// <summary>Instead of a token: a random one, which the database keeps.</summary>
    public const string RandomAuthToken = "random";

    /// <summary>The test SID unless <c>Account:TestSid</c> names another.</summary>
    public const string DefaultTestSid = "AC00000000000000000000000000000002";

    /// <summary>The test token unless <c>Account:TestAuthToken</c> names another.</summary>
    public const string DefaultTestAuthToken = "fedcba9876543210fedcba9876543210";

    private const int MinTokenLength = 8;
    private const int MaxTokenLength = 128;

    [Setting("The SID of the account.", Values = "`AC` and 32 hexadecimal digits")]
    [ConfigurationKeyName("Sid")]
    public string SidText
    {
        get;
        init
        {
            field = value;
            Sid = Sid.TryParseAs(SidPrefix.Account, value, out var sid) ? sid : default;
        }
    } = DefaultSid;

    [Setting("The Auth Token of the account. The default is no secret. `random`: the server makes a random one at its "
        + "first start, keeps it in the database and prints it.", Values = "8 to 128 letters and digits, or `random`")]
    [ConfigurationKeyName("AuthToken")]
    public string AuthTokenText
    {
        get;
        init => field = AuthToken = value;
    } = DefaultAuthToken;

    [Setting("`true`: the server may listen on an address of a network with the default token, which everybody knows.")]
    public bool AllowDefaultToken { get; init; }

    [Setting("The SID of Twilio's test credentials, with which nothing is sent or stored.",
        Values = "`AC` and 32 hexadecimal digits")]
    [ConfigurationKeyName("TestSid")]
    public string TestSidText
    {
        get;
        init
        {
            field = value;
            TestSid = Sid.TryParseAs(SidPrefix.Account, value, out var sid) ? sid : default;
        }
    } = DefaultTestSid;

    [Setting("The Auth Token of the test credentials.", Values = "8 to 128 letters and digits")]
    public string TestAuthToken { get; init; } = DefaultTestAuthToken;

    [Setting("US dollars on every account before its first message. The balance is this, less the prices of the "
        + "account's messages.")]
    [Range(0, 1_000_000)]
    public int Balance { get; init; } = 1000;

    /// <summary>The Auth Token; a random one from <see cref="UseStoredToken"/> on.</summary>
    internal string AuthToken { get; private set; } = DefaultAuthToken;

    /// <summary>Whether the token is random.</summary>
    internal bool HasRandomToken => AuthTokenText == RandomAuthToken;

    /// <summary>The SID of the test credentials.</summary>
    internal Sid TestSid { get; private set; } = Sid.Parse(DefaultTestSid);

    /// <summary>The SID of the account, which every request compares.</summary>
    internal Sid Sid { get; private set; } = Sid.Parse(DefaultSid);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sid == default) yield return NoSid("Account:Sid", SidText);
        if (TestSid == default) yield return NoSid("Account:TestSid", TestSidText);
        if (TestSid == Sid && Sid != default)
            yield return new("Account:TestSid must be another SID than Account:Sid.");
        if (!HasRandomToken && !IsToken(AuthTokenText)) yield return NoToken("Account:AuthToken");
        if (!IsToken(TestAuthToken)) yield return NoToken("Account:TestAuthToken");
    }

    /// <summary>Gives the account its random token. Call it before the first request.</summary>
    internal void UseStoredToken(string token) => AuthToken = token;

    private static ValidationResult NoSid(string key, string text) =>
        new($"{key} is '{text}', which is no Account SID: write AC and 32 hexadecimal digits.");

    private static ValidationResult NoToken(string key) => new(
        $"{key} must be {MinTokenLength} to {MaxTokenLength} letters and digits, "
        + "since one of Twilio's SDKs refuses others.");

    private static bool IsToken(string text) =>
        text.Length is >= MinTokenLength and <= MaxTokenLength && text.All(char.IsAsciiLetterOrDigit);
}
