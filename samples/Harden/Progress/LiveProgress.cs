using System.Collections.Concurrent;
using NoiseGen;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harden.Progress;

/// <summary>A bar per variant, with its numbers beside it.</summary>
internal sealed class LiveProgress : IJobProgress
{
    private const double TrainingShare = 0.8; // of a bar; the sweep is the rest
    private const int Wide = 118;             // columns of name, bar and all that a step tells

    private readonly StatusColumn _status;
    private readonly Dictionary<Variant, ProgressTask> _bars;
    private readonly bool _isNarrow;
    private TrainingStart _start = new(0, 0, 1, 1, null);

    private LiveProgress(ProgressContext context, StatusColumn status, bool isNarrow)
    {
        (_status, _isNarrow) = (status, isNarrow);
        _bars = Variant.All.ToDictionary(variant => variant, variant => context.AddTask(variant.Name, autoStart: false, maxValue: 1));
    }

    public static JobResult Show(IAnsiConsole console, Func<IJobProgress, JobResult> run)
    {
        var status = new StatusColumn();
        bool isNarrow = console.Profile.Width < Wide;
        return console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = isNarrow ? 12 : 24 }, status)
            .Start(context => run(new LiveProgress(context, status, isNarrow)));
    }

    public void Began(Variant variant, TrainingStart start)
    {
        _start = start;
        Move(variant, Part(0), start.ToString());
    }

    public void Trained(Variant variant, TrainingProgress progress) =>
        Move(variant, Part(TrainingShare * progress.Fraction), Note() + (_isNarrow ? Status.Short(progress) : Status.Of(progress)));

    public void Swept(Variant variant, SweepProgress progress) =>
        Move(variant, Part(TrainingShare + (1 - TrainingShare) * progress.Evaluation / progress.Evaluations), Note() + Status.Of(progress));

    public void Finished(VariantResult result) => Move(result.Variant, 1, _isNarrow ? Status.Short(result) : Status.Of(result));

    // Of a variant's bar, which all of its trainings share.
    private double Part(double ofTraining) => (_start.Index + ofTraining) / _start.Count;

    private string Note()
    {
        string note = _isNarrow && _start.Count > 1 ? FormattableString.Invariant($"{_start.Index + 1}/{_start.Count}") : _isNarrow
            ? ""
            : _start.ToString();
        return note.Length > 0 ? note + "  " : "";
    }

    private void Move(Variant variant, double fraction, string status)
    {
        ProgressTask bar = _bars[variant];
        if (!bar.IsStarted) bar.StartTask();
        _status.Show(bar, status);
        bar.Value = fraction;
    }

    private sealed class StatusColumn : ProgressColumn
    {
        private readonly ConcurrentDictionary<int, string> _texts = new(); // written by the job's thread, read by the console's

        protected override bool NoWrap => true;

        public void Show(ProgressTask task, string text) => _texts[task.Id] = text;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(_texts.GetValueOrDefault(task.Id, ""));
    }
}
