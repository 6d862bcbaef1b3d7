namespace MessagingServices.Server.Api.V1;

/// <summary>
/// The use cases of Messaging Services. Source: https://www.twilio.com/docs/messaging/api/service-resource.
/// </summary>
/// <param name="Usecases">Every use case.</param>
internal sealed record ServiceUsecases(IReadOnlyList<ServiceUsecase> Usecases)
{
    public static readonly ServiceUsecases All = new([.. Enum.GetValues<Usecase>().Select(ServiceUsecase.Of)]);
}

/// <summary>A use case of Messaging Services.</summary>
/// <param name="Usecase">Its name, as <c>Usecase</c> takes it.</param>
/// <param name="Description">Its scope.</param>
/// <param name="Purpose">The same as a customer says it.</param>
internal sealed record ServiceUsecase(Usecase Usecase, string Description, string Purpose)
{
    /// <summary>A use case with its texts.</summary>
    public static ServiceUsecase Of(Usecase usecase) => usecase switch
    {
        Usecase.Notifications => new(
            usecase, "Alerts and notices about orders, accounts, appointments, fraud or emergencies.",
            "Notify my users."),
        Usecase.Marketing =>
            new(usecase, "Offers, product news and other messages that promote something.", "Market my services."),
        Usecase.Verification =>
            new(usecase, "One-time passwords and codes that confirm who a person is.", "Verify users."),
        Usecase.Discussion =>
            new(usecase, "Conversations with customers: support, sales, personal contact.", "Discuss with my users."),
        Usecase.Poll => new(usecase, "Polls and surveys that recipients reply to.", "Poll my users."),
        Usecase.Undeclared => new(usecase, "Anything else, or not decided yet.", "Not declared."),
    };
}
