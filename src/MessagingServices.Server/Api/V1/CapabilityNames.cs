namespace MessagingServices.Server.Api.V1;

/// <summary>The names that the v1 API has for capabilities.</summary>
internal static class CapabilityNames
{
    /// <summary>Some of MMS, SMS, Voice.</summary>
    public static IReadOnlyList<string> Of(SenderCapabilities capabilities)
    {
        List<string> names = [];
        if (capabilities.HasFlag(SenderCapabilities.Mms)) names.Add("MMS");
        if (capabilities.HasFlag(SenderCapabilities.Sms)) names.Add("SMS");
        if (capabilities.HasFlag(SenderCapabilities.Voice)) names.Add("Voice");
        return names;
    }
}
