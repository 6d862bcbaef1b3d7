using FluentValidation;

namespace MessagingServices.Server.Api.Conversations;

/// <summary>A form with dates that an application may bring from another system.</summary>
internal interface IDatedForm
{
    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    string? DateCreated { get; }

    /// <summary>A date with time and zone. It is checked, and has no effect.</summary>
    string? DateUpdated { get; }
}

/// <summary>The rules for such dates.</summary>
internal static class DatedFormRules
{
    /// <summary>Refuses dates that are none.</summary>
    public static void AddDates<TForm>(this AbstractValidator<TForm> rules) where TForm : IDatedForm
    {
        rules.RuleFor(form => form.DateCreated).Date(nameof(IDatedForm.DateCreated));
        rules.RuleFor(form => form.DateUpdated).Date(nameof(IDatedForm.DateUpdated));
    }
}
