namespace MessagingServices.Server.Events;

/// <summary>Writes the data of events as JSON.</summary>
internal interface IEventEncoder
{
    /// <summary>The JSON of a changed thing: one object, in one line.</summary>
    byte[] Encode(object subject);
}
