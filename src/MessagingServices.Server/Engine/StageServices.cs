using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>What a <see cref="BatchStage"/> needs.</summary>
/// <param name="Memory">The messages in this server's memory.</param>
/// <param name="Transactions">Begins the stage's transactions.</param>
/// <param name="Quarantine">Takes poison messages.</param>
/// <param name="Clock">The clocks of accounts.</param>
/// <param name="Accounts">The accounts of the messages.</param>
/// <param name="Database">The database, for what needs no transaction.</param>
internal sealed record StageServices(
    OwnedMessages Memory, MessageTransactions Transactions, Quarantine Quarantine, EmulatorClock Clock,
    AccountCache Accounts, NpgsqlDataSource Database);
