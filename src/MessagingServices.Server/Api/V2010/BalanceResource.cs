using System.Globalization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The balance of an account.</summary>
[XmlName("Balance")]
internal sealed record BalanceResource
{
    /// <summary>The account.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The balance, as a text with two digits after the point or more.</summary>
    public required string Balance { get; init; }

    /// <summary>The currency: <c>USD</c>.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The resource of a balance.</summary>
    public static BalanceResource Of(Sid account, decimal balance) => new()
    {
        AccountSid = account, Balance = balance.ToString("0.00###", CultureInfo.InvariantCulture),
    };
}
