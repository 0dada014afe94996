using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using TimeTagger.FunctionsHost.App;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Finds the function of a call: the first in the order of their names whose route and methods fit. What its route took goes with the call.</summary>
internal sealed class Router
{
    private readonly List<(HttpFunction Function, TemplateMatcher Route, RouteTemplate Template)> _routes;
    private readonly DefaultInlineConstraintResolver _constraints;

    public Router(IEnumerable<HttpFunction> functions, IServiceProvider services)
    {
        _constraints = ActivatorUtilities.CreateInstance<DefaultInlineConstraintResolver>(services);
        _routes =
        [
            .. functions.Select(function =>
            {
                var template = TemplateParser.Parse(function.Route);
                return (function, new TemplateMatcher(template, []), template);
            }),
        ];
    }

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

    private bool Accepts(TemplatePart parameter, RouteValueDictionary values, HttpContext context) =>
        !values.ContainsKey(parameter.Name!)
        || parameter.InlineConstraints.All(constraint =>
            _constraints
                .ResolveConstraint(constraint.Constraint)
                ?.Match(context, route: null, parameter.Name!, values, RouteDirection.IncomingRequest) == true
        );
}
