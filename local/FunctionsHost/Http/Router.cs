using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TimeTagger.FunctionsHost.App;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>
/// Finds the function of a call: the first in the order of their names whose route and methods fit. What its route took goes
/// with the call.
/// </summary>
internal sealed class Router
{
    private readonly DefaultInlineConstraintResolver _constraints = new(
        Options.Create(WithRegex()),
        new ServiceCollection().BuildServiceProvider()
    );

    private readonly List<(HttpFunction Function, TemplateMatcher Route, RouteTemplate Template)> _routes;

    /// <exception cref="InvalidAppException">A route is none, or has a constraint that nobody knows.</exception>
    public Router(IEnumerable<HttpFunction> functions) => _routes = [.. functions.Select(Read)];

    public HttpFunction? Find(HttpContext context)
    {
        foreach (var (function, route, template) in _routes)
        {
            var values = new RouteValueDictionary();
            if (
                route.TryMatch(context.Request.Path, values)
                && template.Parameters.All(parameter => Accepts(parameter, values, context))
                && function.Methods?.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase) != false
            )
            {
                context.Request.RouteValues = values;
                return function;
            }
        }

        return null;
    }

    // The small set of services of this server leaves that one out.
    private static RouteOptions WithRegex()
    {
        var options = new RouteOptions();
        options.SetParameterPolicy<RegexInlineRouteConstraint>("regex");
        return options;
    }

    private (HttpFunction, TemplateMatcher, RouteTemplate) Read(HttpFunction function)
    {
        try
        {
            var template = TemplateParser.Parse(function.Route);
            foreach (var constraint in template.Parameters.SelectMany(parameter => parameter.InlineConstraints))
            {
                _ =
                    _constraints.ResolveConstraint(constraint.Constraint)
                    ?? throw new InvalidAppException(
                        $"{function.Name}: the route '{function.Route}' has the unknown constraint '{constraint.Constraint}'."
                    );
            }

            var defaults = new RouteValueDictionary();
            foreach (var parameter in template.Parameters.Where(parameter => parameter.DefaultValue is not null))
            {
                defaults[parameter.Name!] = parameter.DefaultValue;
            }

            return (function, new TemplateMatcher(template, defaults), template);
        }
        catch (Exception e) when (e is ArgumentException or RouteCreationException)
        {
            throw new InvalidAppException($"{function.Name}: the route '{function.Route}' is none: {e.Message}");
        }
    }

    private bool Accepts(TemplatePart parameter, RouteValueDictionary values, HttpContext context) =>
        !values.ContainsKey(parameter.Name!)
        || parameter.InlineConstraints.All(constraint =>
            _constraints
                .ResolveConstraint(constraint.Constraint)!
                .Match(context, route: null, parameter.Name!, values, RouteDirection.IncomingRequest)
        );
}
