using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>Reads the form of a new message, and checks it.</summary>
internal sealed class CreateMessageReader(SamplePlaceholders placeholders)
{
    private readonly CreateMessageRules rules = new();

    /// <exception cref="TwilioException">The form breaks a rule.</exception>
    public CreateMessageForm Read(IFormCollection fields)
    {
        var form = FormFields<CreateMessageForm>.Read(fields);
        if (placeholders.Names(form.MessagingServiceSid))
            form = form with { MessagingServiceSid = SamplePlaceholders.SeededService };
        FormValidation.Check(rules.Validate(form));
        return form;
    }
}

/// <summary>The placeholders of Twilio's samples, which name what the built-in seed has.</summary>
/// <param name="areNames">Whether they do: with the built-in seed, unless <c>Seed:Placeholders</c> is false.</param>
internal sealed class SamplePlaceholders(bool areNames)
{
    /// <summary>The Messaging Service of the built-in seed, whose SIDs are always the same.</summary>
    public const string SeededService = "MG00000000000000000000000000000006";

    private const string Service = "MGXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX";

    /// <summary>Whether a text is the placeholder of a Messaging Service.</summary>
    public bool Names(string? sid) => areNames && sid == Service;
}
