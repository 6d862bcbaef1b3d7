using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Agents;

/// <summary>One of the three families of rules.</summary>
/// <param name="name">Its name.</param>
/// <param name="prefix">The prefix of its rules' SIDs.</param>
internal abstract class FaultFamily(string name, string prefix)
{
    /// <summary>The parameters of rules that say what matches; the others say what happens.</summary>
    private static readonly string[] Conditions =
        ["To", "From", "BodyContains", "Url", "Kind", "Status", "Method", "Path", "Percent", "Seed"];

    /// <summary>The families.</summary>
    public static IReadOnlyList<FaultFamily> All { get; } =
    [
        new FaultFamily<CreateCarrierRuleForm, CarrierRule, CarrierRuleResource>(
            "carrier", SidPrefix.CarrierRule, CarrierRuleResource.Of)
        {
            Create = (services, account, form) => cancellation =>
                services.GetRequiredService<CarrierRuleUseCases>().CreateAsync(account, form.Configure, cancellation),
            Delete = services => services.GetRequiredService<CarrierRuleUseCases>().DeleteAsync,
        },
        new FaultFamily<CreateWebhookRuleForm, WebhookRule, WebhookRuleResource>(
            "webhook", SidPrefix.WebhookRule, (rule, _) => WebhookRuleResource.Of(rule))
        {
            Create = (services, account, form) => cancellation =>
                services.GetRequiredService<WebhookRuleUseCases>().CreateAsync(account, form.Configure, cancellation),
            Delete = services => services.GetRequiredService<WebhookRuleUseCases>().DeleteAsync,
        },
        new FaultFamily<CreateRequestRuleForm, RequestRule, RequestRuleResource>(
            "request", SidPrefix.RequestRule, RequestRuleResource.Of)
        {
            Create = (services, account, form) => cancellation =>
                services.GetRequiredService<RequestRuleUseCases>().CreateAsync(account, form.Configure, cancellation),
            Delete = services => services.GetRequiredService<RequestRuleUseCases>().DeleteAsync,
        },
    ];

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The prefix of its rules' SIDs.</summary>
    public string Prefix => prefix;

    /// <summary>Creates a rule.</summary>
    /// <param name="call">The call.</param>
    /// <param name="fields">The parameters of the API by their names.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001: a parameter is unknown or wrong.</exception>
    public abstract Task<FaultRuleResource> CreateAsync(
        ToolCall call, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellation);

    /// <summary>Deletes a rule; false when the account does not have it.</summary>
    public abstract Task<bool> DeleteAsync(ToolCall call, Sid rule, CancellationToken cancellation);

    /// <summary>The account's newest rules, newest first.</summary>
    public abstract Task<IReadOnlyList<FaultRuleResource>> ListAsync(
        ToolCall call, int max, CancellationToken cancellation);

    /// <summary>The parameters of a rule that are set, by their names.</summary>
    /// <param name="resource">The rule's resource, whose members have the names of the parameters.</param>
    /// <param name="parameters">The names.</param>
    /// <param name="areConditions">Whether those that say what matches, or the others.</param>
    protected static IReadOnlyDictionary<string, object> Set(
        object resource, IEnumerable<string> parameters, bool areConditions) =>
        parameters.Where(parameter => Conditions.Contains(parameter) == areConditions && parameter != "Times")
            .Select(parameter => (parameter, Value: resource.GetType().GetProperty(parameter)?.GetValue(resource)))
            .Where(field => field.Value is not (null or false))
            .ToDictionary(field => field.parameter, field => field.Value!);
}

/// <inheritdoc/>
/// <typeparam name="TForm">The parameters of the API with which a rule is created.</typeparam>
/// <typeparam name="TRule">A rule.</typeparam>
/// <typeparam name="TResource">A rule as the API has it.</typeparam>
internal sealed class FaultFamily<TForm, TRule, TResource>(
    string name, string prefix, Func<TRule, HttpRequest, TResource> describe) : FaultFamily(name, prefix)
    where TForm : class, new()
    where TRule : FaultRule
    where TResource : notnull
{
    private static readonly IReadOnlyList<string> Parameters =
        [.. FormParameters.Of(typeof(TForm)).Select(FormParameters.NameOf)];

    /// <summary>Creates a rule of an account.</summary>
    public required Func<IServiceProvider, Sid, TForm, Func<CancellationToken, Task<TRule>>> Create { get; init; }

    /// <summary>Deletes a rule of an account.</summary>
    public required Func<IServiceProvider, Func<Sid, Sid, CancellationToken, Task<bool>>> Delete { get; init; }

    /// <inheritdoc/>
    public override async Task<FaultRuleResource> CreateAsync(
        ToolCall call, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken cancellation)
    {
        if (fields.FirstOrDefault(field => !Parameters.Contains(field.Key)).Key is { } unknown)
        {
            throw ToolArguments.Wrong(
                $"A {Name} rule has no parameter '{unknown}', but {string.Join(", ", Parameters)}");
        }

        if (fields.CountBy(field => field.Key).FirstOrDefault(count => count.Value > 1).Key is { } twice)
            throw ToolArguments.Wrong($"{twice} is given twice");
        var form = call.Checked(FormFields<TForm>.Read(
            fields.Select(field => KeyValuePair.Create(field.Key, new StringValues(field.Value)))));
        return Describe(
            call, await Create(call.Context.RequestServices, call.Account, form)(cancellation));
    }

    /// <inheritdoc/>
    public override Task<bool> DeleteAsync(ToolCall call, Sid rule, CancellationToken cancellation) =>
        Delete(call.Context.RequestServices)(call.Account, rule, cancellation);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FaultRuleResource>> ListAsync(
        ToolCall call, int max, CancellationToken cancellation)
    {
        var db = call.Context.RequestServices.GetRequiredService<MessagingDb>();
        var rules = await db.Set<TRule>().AsNoTracking().Where(rule => rule.AccountSid == call.Account)
            .OrderByDescending(rule => rule.Ordinal).Take(max).ToListAsync(cancellation);
        return [.. rules.Select(rule => Describe(call, rule))];
    }

    private FaultRuleResource Describe(ToolCall call, TRule rule)
    {
        var resource = describe(rule, call.Context.Request);
        return new()
        {
            Sid = rule.Sid,
            Family = Name,
            Match = Set(resource, Parameters, areConditions: true),
            Effect = Set(resource, Parameters, areConditions: false),
            Times = rule.Times,
            TimesUsed = rule.Times is null ? null : rule.TimesUsed,
            DateCreated = new(rule.DateCreated),
        };
    }
}
