using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace MessagingServices.Server.Api;

/// <summary>Finds the controllers. The framework finds only public ones, and this program is no library.</summary>
internal sealed class InternalControllers : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) =>
        typeInfo is { IsClass: true, IsAbstract: false }
            && typeInfo.IsDefined(typeof(ApiControllerAttribute), inherit: true);
}
