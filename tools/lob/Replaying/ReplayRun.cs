using System.Diagnostics;
using Lob.Fast.Cli.Output;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Replaying;

/// <summary>
/// Recorded frames through the pipeline, as live ones would go: one thread reads and unpacks, and behind a frame ring one or three others decode, keep the
/// books and write the journal.
/// </summary>
internal static class ReplayRun
{
    /// <summary>Replays a recording.</summary>
    /// <exception cref="UserErrorException">A file is not there.</exception>
    public static ReplayReport Run(ReplayRequest request)
    {
        foreach (string file in request.Files)
        {
            if (!File.Exists(file))
            {
                throw new UserErrorException($"{file}: no such file. Name the files of one recording, in their order.");
            }
        }

        var options = new DecoderOptions
        {
            DefaultSymbol = request.Symbol,
            OnChecksumMismatch = request.OnChecksumMismatch,
            SymbolResolver = () => DepthSymbolScan.OnlySymbol(request.Files),
        };
        IVenueDecoder decoder = request.Decoder?.Invoke(options) ?? CodecFactory.Create(request.Venue, options);

        // While an existing journal is read again, what happened then was said then.
        bool isRunning = request.JournalFolder == null;
        Action<BookTransition> onTransition = transition =>
        {
            if (isRunning)
            {
                request.OnTransition?.Invoke(transition);
            }
        };
        using var host = new PipelineHost<IVenueDecoder>(
            decoder,
            new PipelineOptions { Plan = request.Plan, Engine = new EngineOptions { OnTransition = onTransition } },
            logic => OpenJournal(request, logic, decoder));
        isRunning = true;
        using QuarantineFile? quarantine = request.JournalFolder == null ? null : new QuarantineFile(request.JournalFolder);
        var rejections = new Rejections(request, decoder, quarantine);

        long start = Stopwatch.GetTimestamp();
        Pump(request, host, rejections);
        host.Close();
        var elapsedNs = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * 1e9);

        return new ReplayReport
        {
            Input = host.Totals,
            Engine = host.Logic.Totals,
            Books = [.. host.Logic.Books.Select(Report)],
            UnknownEvents = decoder.UnknownEvents(),
            Control = decoder.ControlMessages(),
            ChainHead = host.Logic.Chain.Head.ToString(),
            ElapsedNs = elapsedNs,
            Findings = [.. (host.Recovery?.Findings ?? []).Select(static finding => finding.ToString())],
            Rejections = rejections.First,
            RejectedByReason = rejections.ByReason,
            BuildFail = rejections.BuildFail,
        };
    }

    private static JournalWriter? OpenJournal(ReplayRequest request, Logic<JournalSink> logic, IVenueDecoder decoder)
    {
        if (request.JournalFolder == null)
        {
            return null;
        }

        if (!JournalFolder.HasSegments(request.JournalFolder))
        {
            return JournalWriter.Create(request.JournalFolder, logic, request.JournalOptions);
        }

        if (!request.Append)
        {
            throw new UserErrorException($"{request.JournalFolder}: there is a journal already. Name another folder, or continue it with --append.");
        }

        // Appending starts a new segment, and asks for the state then: by that time the journal is locked and recovered.
        return JournalWriter.OpenForAppend(request.JournalFolder, new ContinuedState(request.JournalFolder, logic, decoder.Learn), request.JournalOptions);
    }

    private static void Pump(ReplayRequest request, PipelineHost<IVenueDecoder> host, Rejections rejections)
    {
        using var ring = new FrameRing<NamedWaitStrategy>(new NamedWaitStrategy(request.Plan.Wait));
        using var reader = new RecordingReader(request.Files);
        using var progress = new ProgressLine("replay");
        string[] names = [.. LayoutPlan.ThreadNames(request.Plan.Layout)];
        StageThread reading = StageThread.Start(names[0], request.Plan.CoreOf(names[0]), () => Read(reader, ring), new StageFailure());
        try
        {
            StageThread.Run(names[1], request.Plan.CoreOf(names[1]), () => Decode(request, ring, host, rejections, progress));
        }
        finally
        {
            ring.Abandon();
            reading.Join();
        }
    }

    private static void Decode(
        ReplayRequest request, FrameRing<NamedWaitStrategy> ring, PipelineHost<IVenueDecoder> host, Rejections rejections, ProgressLine progress)
    {
        while (ring.Read(out Frame frame, out RejectReason fault, out int faultByte))
        {
            DecodeResult result;
            if (fault == RejectReason.None)
            {
                result = host.OnFrame(frame);
            }
            else
            {
                host.OnRejected(frame, fault, faultByte);
                result = DecodeResult.Rejected(fault, faultByte, 0);
            }

            if (result.Outcome == DecodeOutcome.Rejected)
            {
                rejections.Add(frame, result);
                if (rejections.BuildFail != null)
                {
                    break;
                }
            }

            if (progress.IsDue())
            {
                progress.Show((double)frame.FileIndex / request.Files.Count, $"{host.Totals.Frames:N0} frames");
            }
        }
    }

    private static void Read(RecordingReader reader, FrameRing<NamedWaitStrategy> ring)
    {
        try
        {
            while (reader.TryRead(out RecordedLine line) && ring.Write(line.Frame, line.Reason, line.FaultByte))
            {
            }

            ring.Complete();
        }
        catch (Exception error)
        {
            // Thrown on the reading side, behind the frames before it.
            ring.Complete(error);
        }
    }

    private static ReplayReport.BookReport Report(BookStream stream)
    {
        L2Book book = stream.Book;
        PriceRange known = stream.KnownRange;
        return new ReplayReport.BookReport
        {
            Venue = stream.Instrument.Venue,
            Symbol = stream.Instrument.Symbol,
            Channel = stream.Channel,
            State = stream.State,
            Evidence = stream.Evidence,
            Bids = book.BidCount,
            Asks = book.AskCount,
            BestBid = Level(book, book.BestBid),
            BestAsk = Level(book, book.BestAsk),
            KnownLow = known.LowTicks == long.MinValue ? null : DecimalText.FormatShort(known.LowTicks, book.PriceDecimals),
            KnownHigh = known.HighTicks == long.MaxValue ? null : DecimalText.FormatShort(known.HighTicks, book.PriceDecimals),
            LastSequence = stream.LastSequence,
            Digest = book.Digest,
            Totals = stream.Totals,
            Bridges = [.. stream.Bridges],
        };
    }

    private static (string Price, string Quantity)? Level(L2Book book, in BookLevel level) =>
        level.QuantityLots == 0 ? null : (book.PriceOf(level), book.QuantityOf(level));
}
