using Xunit.Abstractions;
using Xunit.Sdk;

namespace TimeTagger.Api.Tests.Contract;

/// <summary>
/// Says which rules of docs/api a test, or a class of tests, holds: the traits <c>Rule=7.4</c> and <c>Section=7</c>, by which
/// tests can be chosen. <see cref="RulesTests"/> sees to it that every rule has a test and every number a rule.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
[TraitDiscoverer("TimeTagger.Api.Tests.Contract." + nameof(RuleDiscoverer), "TimeTagger.Api.Tests")]
public sealed class RuleAttribute(params string[] numbers) : Attribute, ITraitAttribute
{
    /// <summary>The numbers, such as <c>7.4</c>.</summary>
    public IReadOnlyList<string> Numbers { get; } = numbers;
}

/// <summary>Turns <see cref="RuleAttribute"/> into traits; called by the test framework.</summary>
public sealed class RuleDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute)
    {
        ArgumentNullException.ThrowIfNull(traitAttribute);
        var numbers = traitAttribute.GetNamedArgument<IReadOnlyList<string>>(nameof(RuleAttribute.Numbers));
        return numbers
            .Select(number => KeyValuePair.Create("Rule", number))
            .Concat(
                numbers.Select(number => number.Split('.')[0]).Distinct().Select(s => KeyValuePair.Create("Section", s))
            );
    }
}
