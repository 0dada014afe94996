namespace TimeTagger.FunctionsHost.App;

/// <summary>The package is not one that the Functions host would run; the message says what is wrong with it.</summary>
internal sealed class InvalidAppException(string message) : Exception(message);
