using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using NoiseGen.Onnx;

namespace NoiseGen.Tool;

/// <summary><c>dotnet noisegen scaffold model.onnx -o Model.cs</c>: a model's declaration and weights.</summary>
internal sealed partial class ScaffoldCommand : Command
{
    private readonly Argument<string> _model = new("model") { Description = "The ONNX file." };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description =
            "The C# file; the weights are written next to it, as safetensors. [default: the model's name, in the current folder]",
        HelpName = "file",
    };

    private readonly Option<string?> _name =
        new("--name") { Description = "Name of the class. [default: the file's name]", HelpName = "class" };

    private readonly Option<string?> _namespace =
        new("--namespace") { Description = "Its namespace. [default: none]", HelpName = "namespace" };

    private readonly Option<bool> _force = new("--force") { Description = "Replaces existing files." };

    public ScaffoldCommand()
        : base("scaffold", "Writes the declaration of an ONNX model, and its weights as safetensors.")
    {
        Arguments.Add(_model);
        foreach (Option option in new Option[] { _output, _name, _namespace, _force }) Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string model = parsed.GetValue(_model)!;
        string code = parsed.GetValue(_output) ?? $"{ClassName(model)}.cs", weights = Path.ChangeExtension(code, ".safetensors");
        try
        {
            var options =
                new OnnxScaffoldOptions { ClassName = parsed.GetValue(_name) ?? ClassName(code), Namespace = parsed.GetValue(_namespace) };
            if (!parsed.GetValue(_force) && Array.Find([code, weights], File.Exists) is { } there)
                return Refuse($"{there} exists already; --force replaces it, -o writes another file");
            OnnxScaffold scaffold = OnnxScaffold.Read(model, options);
            scaffold.SaveWeights(weights);
            scaffold.SaveCode(code);
            foreach (string note in scaffold.Notes) Console.WriteLine($"{note}.");
            string sizes =
                string.Create(CultureInfo.InvariantCulture, $"{scaffold.StageCount} stages, {scaffold.ParameterCount:N0} parameters");
            string load = $"new {options.ClassName}().Load(\"{Path.GetFileName(weights)}\")";
            Console.WriteLine($"{code} declares {options.ClassName}: {sizes}. {load} loads the weights.");
            return ExitCode.Success;
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return ExitCode.WrongOption;
        }
        catch (IOException failure)
        {
            return Refuse(failure.Message);
        }
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return ExitCode.Refused;
    }

    // lenet-5.onnx becomes Lenet5.
    private static string ClassName(string path)
    {
        string name =
            string.Concat(Word().Matches(Path.GetFileNameWithoutExtension(path))
            .Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));
        return name.Length == 0 || char.IsDigit(name[0]) ? $"Network{name}" : name;
    }

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Word();
}
