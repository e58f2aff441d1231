using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Harden;

/// <summary>Makes options that say by themselves what is wrong with a value, and what is allowed.</summary>
internal static class Options
{
    public static Option<string> Choice<T>(string name, string description, (string Name, T Value)[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join("|", choices.Select(choice => choice.Name)),
            DefaultValueFactory = _ => choices[0].Name,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var found }] && !choices.Any(choice => choice.Name == found))
                result.AddError($"{name} is '{found}'; allowed are {string.Join(", ", choices.Select(choice => choice.Name))}.");
        });
        return option;
    }

    // The value is nullable so that an option without a default can say "not given".
    public static Option<T?> Number<T>(string name, string description, T least, T most, T? standard = null)
        where T : struct, INumber<T>
    {
        string kind = T.IsInteger(least) && typeof(T) != typeof(float) ? "whole number" : "number";
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = kind == "number" ? "number" : "integer",
            CustomParser = result =>
            {
                string found = result.Tokens[0].Value;
                if (T.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most) return value;
                result.AddError($"{name} is '{found}'; allowed is a {kind} from {Text(least)} to {Text(most)}.");
                return null;
            },
        };
        if (standard is { } given) option.DefaultValueFactory = _ => given;
        return option;
    }

    // Numbers, separated by commas.
    public static Option<float[]?> Numbers(string name, string description, string standard, string allowed, Func<string, float[]> parse) => new(name)
    {
        Description = $"{description} [default: {standard}]",
        HelpName = "numbers",
        CustomParser = result =>
        {
            float[] values = parse(result.Tokens[0].Value);
            if (!Array.Exists(values, float.IsNaN)) return values;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed are {allowed}, separated by commas.");
            return null;
        },
    };

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
