using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Api.V2010;

/// <summary>The parameters with which a subaccount is created.</summary>
internal sealed record CreateAccountForm
{
    /// <summary>A name for people, at most 64 characters; one with the present time when absent.</summary>
    public string? FriendlyName { get; init; }
}

/// <summary>The parameters with which an account is changed. Absent keeps.</summary>
internal sealed record UpdateAccountForm
{
    /// <summary>A name for people, at most 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>
    /// <c>active</c>, <c>suspended</c> or <c>closed</c>, of a subaccount and by its parent only. To close is final.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    /// <exception cref="TwilioException">20001 when the status cannot be changed.</exception>
    public void ApplyTo(Account account)
    {
        if (!string.IsNullOrEmpty(FriendlyName)) account.FriendlyName = FriendlyName;
        if (!string.IsNullOrEmpty(Status))
            account.ChangeStatus(EnumNames<AccountStatus>.Parse(Status.ToLowerInvariant()));
    }
}

/// <summary>The rules for a new subaccount.</summary>
internal sealed class CreateAccountRules : AbstractValidator<CreateAccountForm>
{
    public CreateAccountRules() =>
        RuleFor(form => form.FriendlyName).AtMost(nameof(Account.FriendlyName), Account.MaxNameLength);
}

/// <summary>The rules for a change of an account.</summary>
internal sealed class UpdateAccountRules : AbstractValidator<UpdateAccountForm>
{
    public UpdateAccountRules()
    {
        RuleFor(form => form.FriendlyName).AtMost(nameof(Account.FriendlyName), Account.MaxNameLength);
        RuleFor(form => form.Status).OneOf(["", .. EnumNames<AccountStatus>.All])
            .ToApiError(status => $"Status must be active, suspended or closed, not '{status}'");
    }
}

/// <summary>Filters the list of accounts.</summary>
internal sealed record AccountFilter
{
    /// <summary>The exact name.</summary>
    [FromQuery(Name = "FriendlyName")]
    public string? FriendlyName { get; init; }

    /// <summary><c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    [FromQuery(Name = "Status")]
    public string? Status { get; init; }

    /// <exception cref="TwilioException">20001 for an unknown status.</exception>
    public IQueryable<Account> Apply(IQueryable<Account> accounts)
    {
        if (!string.IsNullOrEmpty(FriendlyName))
            accounts = accounts.Where(account => account.FriendlyName == FriendlyName);
        if (string.IsNullOrEmpty(Status)) return accounts;
        if (!EnumNames<AccountStatus>.TryParse(Status.ToLowerInvariant(), out var status))
            throw new TwilioException(MessagingError.BadParameter.ToApiError(
                $"Status must be active, suspended or closed, not '{Status}'"));
        return accounts.Where(account => account.Status == status);
    }
}
