using System.Collections.Concurrent;
using System.Reflection;
using MessagingServices.Server.Api.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>What the code of an action does.</summary>
/// <param name="Errors">The errors that it can respond with.</param>
/// <param name="Headers">The headers that it reads, besides those that it binds.</param>
/// <param name="MaxPageSize">The max items of a page; null when it lists nothing.</param>
internal sealed record ActionFacts(
    IReadOnlyList<MessagingError> Errors, IReadOnlyList<ReadsHeaderAttribute> Headers, int? MaxPageSize);

/// <summary>
/// Finds out what the code of actions does: their own, that of their forms and of their rules, and all that they call.
/// </summary>
internal sealed class ActionCode(FormShapes shapes)
{
    private readonly ConcurrentDictionary<string, ActionFacts> facts = new();

    /// <summary>What the code of an action does.</summary>
    public ActionFacts FactsOf(ControllerActionDescriptor action) => facts.GetOrAdd(action.Id, _ => Read(action));

    private ActionFacts Read(ControllerActionDescriptor action)
    {
        var (calls, fields) = CompiledCode.ReachableFrom(RootsOf(action));
        return new(
            [
                .. fields.Where(field => field.DeclaringType == typeof(MessagingError)).Distinct()
                    .Select(field => field.GetValue(null)).OfType<MessagingError>(),
            ],
            [
                .. calls.Select(call => call.Method).Distinct()
                    .Select(method => method.GetCustomAttribute<ReadsHeaderAttribute>())
                    .OfType<ReadsHeaderAttribute>(),
            ],
            calls.FirstOrDefault(call => call.Method.DeclaringType == typeof(PageRequest)
                && call.Method.Name == nameof(PageRequest.Read)).Constant);
    }

    private IEnumerable<MethodBase> RootsOf(ControllerActionDescriptor action)
    {
        yield return action.MethodInfo;
        foreach (var parameter in action.Parameters)
        {
            var source = parameter.BindingInfo?.BindingSource;
            if (source != BindingSource.Form && source != BindingSource.Query && source != BindingSource.Body) continue;
            foreach (var method in CompiledCode.MethodsOf(parameter.ParameterType)) yield return method;
            if (shapes.RulesOf(parameter.ParameterType) is not { } rules) continue;
            foreach (var constructor in rules.GetType().GetConstructors()) yield return constructor;
        }
    }
}
