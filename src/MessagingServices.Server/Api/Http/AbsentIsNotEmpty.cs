using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Keeps an empty field an empty text. The framework would make it null, and null means "keep the value".
/// </summary>
internal sealed class AbsentIsNotEmpty : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) =>
        context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
