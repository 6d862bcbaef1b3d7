using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MessagingServices.Server.Api.Http;

/// <summary>Binds the forms and filters of actions with <see cref="FormFields{TForm}"/>.</summary>
internal sealed class FormBinding : IModelBinderProvider
{
    /// <inheritdoc/>
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var source = context.BindingInfo.BindingSource;
        if (source != BindingSource.Form && source != BindingSource.Query) return null;
        var binder = (source == BindingSource.Form ? typeof(OfForm<>) : typeof(OfQuery<>))
            .MakeGenericType(context.Metadata.ModelType);
        return (IModelBinder)Activator.CreateInstance(binder)!;
    }

    private sealed class OfForm<TForm> : IModelBinder where TForm : class, new()
    {
        public Task BindModelAsync(ModelBindingContext bindingContext)
        {
            bindingContext.Result = ModelBindingResult.Success(
                FormFields<TForm>.Read(bindingContext.HttpContext.Request.Form));
            return Task.CompletedTask;
        }
    }

    private sealed class OfQuery<TForm> : IModelBinder where TForm : class, new()
    {
        public Task BindModelAsync(ModelBindingContext bindingContext)
        {
            bindingContext.Result = ModelBindingResult.Success(
                FormFields<TForm>.Read(bindingContext.HttpContext.Request.Query));
            return Task.CompletedTask;
        }
    }
}
