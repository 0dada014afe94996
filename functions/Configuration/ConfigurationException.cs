namespace TimeTagger.Configuration;

/// <summary>
/// The command line or the environment is wrong. The message is for the person who starts the program: one sentence
/// that names the argument or variable, and never holds a secret value.
/// </summary>
/// <param name="sentence">What is wrong.</param>
public sealed class ConfigurationException(string sentence) : Exception(sentence);
