using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V1;

/// <summary>What holds for the settings of a Messaging Service, whether it is created or changed.</summary>
internal abstract class ServiceRules<TForm> : AbstractValidator<TForm> where TForm : ServiceForm
{
    /// <summary>The rules.</summary>
    /// <param name="isNew">Whether the name must be given.</param>
    protected ServiceRules(bool isNew)
    {
        if (isNew) RuleFor(form => form.FriendlyName).Required(nameof(ServiceForm.FriendlyName));
        RuleFor(form => form.FriendlyName)
            .Must(name => name is null or { Length: > 0 and <= MessagingService.MaxFriendlyNameLength }).ToApiError(MessagingError.InvalidFriendlyName);
        RuleFor(form => form.InboundRequestUrl).Url(nameof(ServiceForm.InboundRequestUrl));
        RuleFor(form => form.InboundMethod).HttpMethod(nameof(ServiceForm.InboundMethod));
        RuleFor(form => form.FallbackUrl).Url(nameof(ServiceForm.FallbackUrl));
        RuleFor(form => form.FallbackMethod).HttpMethod(nameof(ServiceForm.FallbackMethod));
        RuleFor(form => form.StatusCallback).Url(nameof(ServiceForm.StatusCallback));
        RuleFor(form => form.StickySender).Boolean(nameof(ServiceForm.StickySender));
        RuleFor(form => form.MmsConverter).Boolean(nameof(ServiceForm.MmsConverter));
        RuleFor(form => form.SmartEncoding).Boolean(nameof(ServiceForm.SmartEncoding));
        RuleFor(form => form.ScanMessageContent).OneOf(EnumNames<ScanMessageContent>.All)
            .ToApiError(value => $"ScanMessageContent must be inherit, enable or disable, not '{value}'");
        RuleFor(form => form.FallbackToLongCode).Boolean(nameof(ServiceForm.FallbackToLongCode));
        RuleFor(form => form.AreaCodeGeomatch).Boolean(nameof(ServiceForm.AreaCodeGeomatch));
        RuleFor(form => form.ValidityPeriod).WholeNumber();
        RuleFor(form => form.ValidityPeriod).Between(1, MessagingService.MaxValidityPeriod, MessagingError.ServiceValidityPeriod);
        RuleFor(form => form.SynchronousValidation).Boolean(nameof(ServiceForm.SynchronousValidation));
        RuleFor(form => form.Usecase).OneOf(EnumNames<Usecase>.All).ToApiError(MessagingError.InvalidUsecase);
        RuleFor(form => form.UseInboundWebhookOnNumber).Boolean(nameof(ServiceForm.UseInboundWebhookOnNumber));
    }
}

/// <summary>The rules for a new Messaging Service.</summary>
internal sealed class CreateServiceRules() : ServiceRules<CreateServiceForm>(isNew: true);

/// <summary>The rules for a change.</summary>
internal sealed class UpdateServiceRules() : ServiceRules<UpdateServiceForm>(isNew: false);
