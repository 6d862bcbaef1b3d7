namespace MessagingServices.Server.Api.Http;

/// <summary>A list of the 2010 API without pages. In XML it looks like a page.</summary>
internal interface IUnpagedList
{
    /// <summary>The list as a page that has all items.</summary>
    Page2010 ToPage();
}
