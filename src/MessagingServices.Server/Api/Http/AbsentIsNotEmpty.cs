using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// An empty field stays an empty text: the framework would make it null, so that "clear this" looked like "keep this".
/// </summary>
internal sealed class AbsentIsNotEmpty : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) =>
        context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
