using System.Text.Json;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Content;

/// <summary>The parameters of a content template.</summary>
internal abstract record ContentForm
{
    /// <summary>Its name, at most 450 characters; recipients do not see it.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The language that it is written in, such as <c>en</c> or <c>pt_BR</c>. Required to create it.</summary>
    public string? Language { get; init; }

    /// <summary>The default values of placeholders, such as <c>{"1": "friend"}</c>.</summary>
    public IReadOnlyDictionary<string, string?>? Variables { get; init; }

    /// <summary>
    /// Its content, by content type: <c>twilio/text</c> (<c>body</c>), <c>twilio/media</c> (<c>media</c>, <c>body</c>),
    /// or any other of Twilio's, with its members; messages say the body only. Required.
    /// </summary>
    [Shape(IsRequired = true)]
    public IReadOnlyDictionary<string, JsonElement?>? Types { get; init; }

    /// <summary>The types that are not null.</summary>
    internal Dictionary<string, JsonElement> Given() =>
        (Types ?? new Dictionary<string, JsonElement?>())
            .Where(type => type.Value is { ValueKind: not JsonValueKind.Null })
            .ToDictionary(type => type.Key, type => type.Value!.Value);

    /// <summary>Sets what the form has; the rules have checked it.</summary>
    private protected void ApplyAll(ContentTemplate template)
    {
        template.FriendlyName = FriendlyName ?? template.FriendlyName;
        template.Language = Language ?? template.Language;
        if (Variables is not null)
        {
            template.Variables = JsonSerializer.Serialize(
                Variables.Where(variable => variable.Value is not null).ToDictionary(), JsonBody.Options);
        }

        template.Types = JsonSerializer.Serialize(Given(), JsonBody.Options);
    }
}

/// <summary>The parameters to create a content template.</summary>
internal sealed record CreateContentForm : ContentForm
{
    /// <summary>The template that the form makes; it was checked.</summary>
    internal ContentTemplate ToTemplate(Sid sid, Sid account, DateTimeOffset now)
    {
        var template = new ContentTemplate(sid, account, now);
        ApplyAll(template);
        return template;
    }
}

/// <summary>
/// The parameters to change a content template. The new <c>types</c> replace the present ones; other members that are
/// absent keep their values.
/// </summary>
internal sealed record UpdateContentForm : ContentForm
{
    /// <summary>Changes a template. WhatsApp must approve what it says now.</summary>
    internal void ApplyTo(ContentTemplate template)
    {
        ApplyAll(template);
        template.Withdraw();
    }
}

/// <summary>
/// The rules for a content template: first the missing members, then the types. Types must be known, can be stored, and
/// have the members that Twilio declares.
/// </summary>
internal abstract class ContentRules<TForm> : AbstractValidator<TForm> where TForm : ContentForm
{
    private const int MaxName = 450;
    private const int MaxLanguage = 20;

    private protected ContentRules(bool needsLanguage)
    {
        RuleFor(form => form.FriendlyName).AtMost("friendly_name", MaxName);
        if (needsLanguage) RuleFor(form => form.Language).Given().ToApiError(_ => "language is required");
        else RuleFor(form => form.Language).Must(text => text is not "").ToApiError(_ => "language is required");
        RuleFor(form => form.Language).AtMost("language", MaxLanguage);
        RuleFor(form => form).Must(form => form.Variables is null || form.Variables.Keys.All(IsStorable))
            .WithState(_ => Wrong("variables: a name holds what cannot be stored"));
        RuleFor(form => form).Must(form => form.Given().Count > 0)
            .WithState(_ => Wrong("Invalid types. At least one content type definition is required"));
        RuleFor(form => form).Must(form => form.Given().Keys.All(ContentSchema.Names.Contains))
            .WithState(form => Wrong($"types: '{Unknown(form)}' is no content type"));
        RuleFor(form => form).Must(form => form.Given().Values.All(IsStorable))
            .WithState(_ => Wrong("types: a text holds what cannot be stored"));
        RuleFor(form => form).Must(form => Fault(form) is null).WithState(form => Wrong($"types: {Fault(form)}"));
    }

    private static string Unknown(TForm form) =>
        form.Given().Keys.First(type => !ContentSchema.Names.Contains(type));

    private static ApiError Wrong(string reason) => MessagingError.BadParameter.ToApiError(reason);

    private static string? Fault(TForm form) =>
        form.Given().Select(type => ContentSchema.Fault(type.Key, type.Value))
            .FirstOrDefault(fault => fault is not null);

    /// <summary>
    /// Neither null characters, which PostgreSQL cannot store, nor halves of characters, however they are written.
    /// </summary>
    private static bool IsStorable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject()
                    .All(member => IsStorable(member.Name) && IsStorable(member.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
                JsonValueKind.String => IsStorable(value.GetString()!),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);
}

/// <summary>The rules for a new content template.</summary>
internal sealed class CreateContentRules() : ContentRules<CreateContentForm>(needsLanguage: true);

/// <summary>The rules for a change of a content template.</summary>
internal sealed class UpdateContentRules() : ContentRules<UpdateContentForm>(needsLanguage: false);
