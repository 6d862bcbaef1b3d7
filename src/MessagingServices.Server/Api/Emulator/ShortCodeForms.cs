using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>The parameters with which a short code is provisioned.</summary>
internal sealed record CreateShortCodeForm
{
    /// <summary>Three to eight digits. Required.</summary>
    public string? ShortCode { get; init; }

    /// <summary>ISO 3166 code of its country, two letters. Required.</summary>
    public string? IsoCountry { get; init; }
}

/// <summary>A short code and its country.</summary>
internal sealed class CreateShortCodeRules : AbstractValidator<CreateShortCodeForm>
{
    public CreateShortCodeRules()
    {
        RuleFor(form => form.ShortCode).Required(nameof(CreateShortCodeForm.ShortCode));
        RuleFor(form => form.ShortCode).Must(new() { Pattern = "^[0-9]{3,8}$" }, ShortCode.IsCode)
            .ToApiError(value => $"ShortCode must be three to eight digits, not '{value}'");
        RuleFor(form => form.IsoCountry).Required(nameof(CreateShortCodeForm.IsoCountry));
        RuleFor(form => form.IsoCountry).Country(nameof(CreateShortCodeForm.IsoCountry));
    }
}
