namespace MessagingServices.Server.Seeding;

/// <summary>A seed cannot be read, or the API would refuse a resource of it.</summary>
/// <param name="place">The place in the seed, for example <c>phone_numbers[0].PhoneNumber</c>.</param>
/// <param name="reason">What is wrong, without the place.</param>
internal sealed class WrongSeedException(string place, string reason) : Exception($"{place}: {reason.TrimEnd('.')}");
