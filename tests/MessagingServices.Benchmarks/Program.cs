using MessagingServices.Benchmarks;
using MessagingServices.Benchmarks.Load.Roles;

// The load benchmarks start this program again for what must be a process of its own.
return args switch
{
    [CallbackReceiver.Role, var url] => await CallbackReceiver.RunAsync(url),
    [SaveChangesServer.Role, var url, var database, var credentials] =>
        await SaveChangesServer.RunAsync(url, database, credentials),
    _ => await Benches.RunUntilStoppedAsync(args),
};
